import type { CollectionDefinition, Document, Filter, ReadModels } from '../../ports/read-models.js';
import { chunksOf, placeOf, type Place } from './slice.js';

/** A document that is found by any of its facets, such as `status=captured`: one index serves every filter by equality. */
export interface Faceted extends Document {
  readonly facets: readonly string[];
  /** What lists are sorted by, the newest first. */
  readonly at: string;
}

/** A collection of these needs both. */
export const facetIndexes = [{ at: -1 }, { facets: 1, at: -1 }] as const;

const LONGEST = 200;
const MOST_VALUES = 50;

export const facet = (name: string, value: string): string => `${name}=${value.slice(0, LONGEST)}`;

/** A list of distinct values, at most 50: the first ones stay. */
export const withValue = (values: readonly string[], value: string | null): readonly string[] =>
  value === null || values.includes(value.slice(0, LONGEST)) || values.length >= MOST_VALUES ? values : [...values, value.slice(0, LONGEST)];

/** The facets that a search names, the rarest first. */
export const facetsOf = <Name extends string>(names: readonly Name[], search: Readonly<Partial<Record<Name, string>>>): readonly string[] =>
  names.flatMap((name) => {
    const value = search[name];
    return value === undefined ? [] : [facet(name, value)];
  });

export interface FacetSearch<D> {
  /** All hold. The first is looked up, so the rarest stands first. */
  readonly facets: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** What no facet says, such as a range of amounts. */
  readonly matches: (document: D) => boolean;
}

export interface FoundByFacets<D> {
  readonly found: readonly D[];
  /** Where to go on; null: there is nothing more. A page may end before it is full where many documents were looked at in vain. */
  readonly next: Place | null;
}

const SORT = { at: -1 } as const;
const CHUNK = 500;
/** Documents that one page looks at. */
const MOST_LOOKED_AT = 20_000;

const listOf = <D extends Faceted>({ facets: [first], from, to }: FacetSearch<D>): { filter: Filter; sort: typeof SORT } => {
  const at = { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lte: to }) };
  return { filter: { ...(first === undefined ? {} : { facets: first }), ...(from === undefined && to === undefined ? {} : { at }) }, sort: SORT };
};

const isFound = <D extends Faceted>(document: D, { facets, matches }: FacetSearch<D>): boolean => facets.every((one) => document.facets.includes(one)) && matches(document);

/** Every document of a search, the newest first, in chunks: those that match, and the place after what was looked at. Nothing of it is held. */
export async function* everyFound<D extends Faceted>(
  readModels: ReadModels,
  collection: CollectionDefinition<D>,
  search: FacetSearch<D>,
  after?: Place,
): AsyncGenerator<{ readonly found: readonly D[]; readonly lookedAt: number; readonly place: Place | null }> {
  for await (const chunk of chunksOf(readModels, collection, listOf(search), { after, size: CHUNK })) {
    const last = chunk.at(-1);
    yield { found: chunk.filter((document) => isFound(document, search)), lookedAt: chunk.length, place: last === undefined ? null : placeOf(last, SORT) };
  }
}

/** Whether a search finds a document that was got by its id. */
export const isFoundBy = <D extends Faceted>(document: D, search: FacetSearch<D>): boolean =>
  isFound(document, search) && document.at >= (search.from ?? '') && (search.to === undefined || document.at <= search.to);

/** Which of some documents a search finds. */
export const foundAmong = async <D extends Faceted>(
  readModels: ReadModels,
  collection: CollectionDefinition<D>,
  ids: readonly string[],
  search: FacetSearch<D>,
): Promise<readonly D[]> => {
  const documents = await readModels.getMany(collection, ids);
  return documents.flatMap((document) => (document !== undefined && isFoundBy(document, search) ? [document] : []));
};

export const placeAfter = (document: Faceted): Place => placeOf(document, SORT);

/** A page of a search, the newest first. */
export const searchFacets = async <D extends Faceted>(
  readModels: ReadModels,
  collection: CollectionDefinition<D>,
  search: FacetSearch<D>,
  { limit, after }: { readonly limit: number; readonly after?: Place },
): Promise<FoundByFacets<D>> => {
  const found: D[] = [];
  let lookedAt = 0;
  for await (const chunk of everyFound(readModels, collection, search, after)) {
    found.push(...chunk.found);
    lookedAt += chunk.lookedAt;
    const last = found[limit - 1];
    if (found.length > limit && last !== undefined) return { found: found.slice(0, limit), next: placeAfter(last) };
    if (lookedAt >= MOST_LOOKED_AT) return { found, next: chunk.place };
  }
  return { found, next: null };
};

const MOST_ADDED_UP = 200_000;

/** Calls `add` for each document of a search, at most 200,000 looked at. False: there are more. */
export const addUp = async <D extends Faceted>(readModels: ReadModels, collection: CollectionDefinition<D>, search: FacetSearch<D>, add: (document: D) => void): Promise<boolean> => {
  let lookedAt = 0;
  for await (const chunk of everyFound(readModels, collection, search)) {
    chunk.found.forEach(add);
    lookedAt += chunk.lookedAt;
    if (lookedAt >= MOST_ADDED_UP) return false;
  }
  return true;
};
