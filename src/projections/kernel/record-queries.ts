import type { RecordFields } from '../../domain/record/record-book.js';
import type { AnyResource, FieldsOf, RecordList } from '../../domain/record/resource.js';
import type { Filter, ReadModels, Scalar } from '../../ports/read-models.js';
import { canComeBack } from './record-cascades.js';
import { findSlice, type Place, type Slice } from './slice.js';
import { orderOf, pathOf, recordCollection, type RecordDocument } from './record-projection.js';

export interface RecordPage extends Slice {
  /** Values that fields (or ownerId) must have; of a list, one of them. */
  readonly where?: Readonly<Record<string, Scalar | readonly Scalar[]>>;
  readonly search?: string;
  /** Deleted records that can be restored, instead of those that are there. */
  readonly deleted?: boolean;
}

export interface FoundRecords<Fields = RecordFields> {
  readonly records: readonly RecordDocument<Fields>[];
  readonly total: number;
  readonly next: Place | null;
}

/** The declared list that filters by just these fields. Throws when there is none: such a query would have no index. */
export const listOf = (resource: AnyResource, names: readonly string[]): RecordList => {
  const list = resource.lists.find(({ by = [] }) => by.length === names.length && by.every((name) => names.includes(name)));
  if (list === undefined) throw new Error(`${resource.thing} declares no list by ${names.join(', ') || 'nothing'}`);
  return list;
};

const isOneOf = (value: Scalar | readonly Scalar[]): value is readonly Scalar[] => Array.isArray(value);

export const recordQueries = <R extends AnyResource>(resource: R) => {
  type Found = RecordDocument<FieldsOf<R>>;
  const documents = recordCollection(resource);
  const filterOf = ({ where = {}, search, deleted = false }: Omit<RecordPage, keyof Slice>): Filter => ({
    ...(canComeBack(resource) ? { endedWith: null } : {}),
    ...(resource.restorable ? { deletedAt: deleted ? { $gt: '' } : null } : {}),
    ...Object.fromEntries(Object.entries(where).map(([name, value]) => [pathOf(name), isOneOf(value) ? { $in: value } : value])),
    ...(search === undefined ? {} : { $text: { $search: search } }),
  });
  return {
    /** Also a deleted one, where it can be restored. */
    byId: (readModels: ReadModels, id: string): Promise<Found | undefined> => readModels.get(documents, id),
    /** Of a numbered resource. */
    byNumber: async (readModels: ReadModels, number: number): Promise<Found | undefined> =>
      (await readModels.find(documents, { filter: { number }, limit: 1 }))[0],
    byIds: (readModels: ReadModels, ids: readonly string[]): Promise<readonly (Found | undefined)[]> => readModels.getMany(documents, ids),
    count: (readModels: ReadModels, where: RecordPage['where'] = {}): Promise<number> => readModels.count(documents, filterOf({ where })),
    /** All records of a list; only where their number is limited. */
    all: (readModels: ReadModels, where: NonNullable<RecordPage['where']>): Promise<readonly Found[]> =>
      readModels.find(documents, { filter: filterOf({ where }), sort: orderOf(listOf(resource, Object.keys(where))) }),
    page: async (readModels: ReadModels, page: RecordPage): Promise<FoundRecords<FieldsOf<R>>> => {
      const filter = filterOf(page);
      const sort = orderOf(listOf(resource, Object.keys(page.where ?? {})));
      const { found: records, ...rest } = await findSlice(readModels, documents, { filter, sort }, page);
      return { records, ...rest };
    },
  };
};
