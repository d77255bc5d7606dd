import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CollectionDefinition, Document, Filter, ReadModels, Scalar, SortDirection } from '../../ports/read-models.js';

type Sort = Readonly<Record<string, SortDirection>>;

/** Where a document stands in an order, whether it is still there or not. */
export interface Place {
  /** The order, so that a place in one is none in another. */
  readonly order: string;
  readonly values: readonly Scalar[];
  readonly id: string;
}

/** A part of a list: after a place, or else from a number of documents on. */
export interface Slice {
  readonly skip: number;
  readonly limit: number;
  readonly after?: Place;
}

export interface FoundSlice<D extends Document> {
  readonly found: readonly D[];
  /** Of the whole list. */
  readonly total: number;
  /** Where the slice ends; null: nothing comes after it. */
  readonly next: Place | null;
}

interface List {
  readonly filter: Filter;
  readonly sort: Sort;
}

/** The place is one of another list. */
export class ForeignPlace extends Error {
  override readonly name = 'ForeignPlace';
}

const orderName = (sort: Sort): string => Object.entries(sort).map(([field, direction]) => `${field}:${direction}`).join();

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const scalarAt = (document: Document, path: string): Scalar => {
  const value = path.split('.').reduce<unknown>((within, name) => (isObject(within) ? within[name] : undefined), document);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
};

export const placeOf = (document: Document, sort: Sort): Place => ({
  order: orderName(sort),
  values: Object.keys(sort).map((field) => scalarAt(document, field)),
  id: document.id,
});

/** Of a list of values only those beyond the place, so that an index is asked for no others. */
const listBeyond = (wanted: Filter[string], direction: SortDirection, value: Scalar): Filter[string] => {
  if (!isObject(wanted) || !('$in' in wanted) || !Array.isArray(wanted.$in) || value === null) return undefined;
  const list: readonly Scalar[] = wanted.$in;
  return { $in: list.filter((listed) => listed !== null && (direction === 1 ? listed > value : listed < value)) };
};

/** What comes after the value in the order of one field, part by part: missing values stand first, or last when descending. */
const beyond = (field: string, direction: SortDirection, value: Scalar, filter: Filter): readonly Filter[] => {
  const list = listBeyond(filter[field], direction, value);
  if (list !== undefined) return [{ [field]: list }];
  if (direction === 1) return [value === null ? { [field]: { $ne: null } } : { [field]: { $gt: value } }];
  return value === null ? [] : [{ [field]: { $lt: value } }, { [field]: null }];
};

/**
 * What comes after a place, part by part, the nearest first: documents that are equal in every field and have a later id, then
 * those that are equal in all fields but the last, and so on. Each part is one range of the index of the list.
 */
const partsAfter = ({ values, id }: Place, sort: Sort, filter: Filter): readonly Filter[] => {
  const fields = Object.entries(sort);
  const equalUpTo = (end: number): Filter => Object.fromEntries(fields.slice(0, end).map(([field], index) => [field, values[index] ?? null]));
  const parts = fields.map(([field, direction], index) =>
    beyond(field, direction, values[index] ?? null, filter).map((part): Filter => ({ $and: [equalUpTo(index), part] })));
  return [{ ...equalUpTo(fields.length), id: { $gt: id } }, ...parts.toReversed().flat()];
};

const findAfter = async <D extends Document>(
  readModels: ReadModels,
  collection: CollectionDefinition<D>,
  { filter, sort }: List,
  place: Place,
  limit: number,
): Promise<readonly D[]> => {
  const found: D[] = [];
  for (const part of partsAfter(place, sort, filter)) {
    if (found.length >= limit) break;
    found.push(...(await readModels.find(collection, { filter: { $and: [filter, part] }, sort, limit: limit - found.length })));
  }
  return found;
};

/**
 * A slice of a list. After a place it stays right while documents are added and removed: none is skipped, and none comes twice.
 * The values of a field that is sorted by are of one type, or missing. Rejects with ForeignPlace.
 */
export const findSlice = async <D extends Document>(
  readModels: ReadModels,
  collection: CollectionDefinition<D>,
  list: List,
  { skip, limit, after }: Slice,
): Promise<FoundSlice<D>> => {
  const { filter, sort } = list;
  if (after === undefined) {
    const [found, total] = await Promise.all([readModels.find(collection, { filter, sort, skip, limit }), readModels.count(collection, filter)]);
    const last = found.at(-1);
    return { found, total, next: last === undefined || skip + found.length >= total ? null : placeOf(last, sort) };
  }
  if (after.order !== orderName(sort) || after.values.length !== Object.keys(sort).length) throw new ForeignPlace();
  // One more than asked for tells whether anything comes after them.
  const [rest, total] = await Promise.all([findAfter(readModels, collection, list, after, limit + 1), readModels.count(collection, filter)]);
  const found = rest.slice(0, limit);
  const last = found.at(-1);
  return { found, total, next: rest.length <= limit || last === undefined ? null : placeOf(last, sort) };
};

/** The documents of a list after a place (absent: from its start), in its order, chunk by chunk; nothing is counted. Ends with an empty or a short chunk. Rejects with ForeignPlace. */
export async function* chunksOf<D extends Document>(
  readModels: ReadModels,
  collection: CollectionDefinition<D>,
  list: List,
  { after, size }: { readonly after?: Place | undefined; readonly size: number },
): AsyncGenerator<readonly D[]> {
  if (after !== undefined && (after.order !== orderName(list.sort) || after.values.length !== Object.keys(list.sort).length)) throw new ForeignPlace();
  for (let place = after; ; ) {
    const chunk: readonly D[] = place === undefined ? await readModels.find(collection, { ...list, limit: size }) : await findAfter(readModels, collection, list, place, size);
    yield chunk;
    const last = chunk.at(-1);
    if (last === undefined || chunk.length < size) return;
    place = placeOf(last, list.sort);
    // An embedded store answers at once: everybody else has a turn between two chunks.
    await nextTurn();
  }
}

/** Every document of a collection, in the order of ids, page by page. While documents are written some may be missed or come twice. */
export async function* everyPage<D extends Document>(readModels: ReadModels, collection: CollectionDefinition<D>, size: number): AsyncGenerator<readonly D[]> {
  for (let skip = 0; ; skip += size) {
    const found = await readModels.find(collection, { skip, limit: size });
    if (found.length > 0) yield found;
    if (found.length < size) return;
  }
}
