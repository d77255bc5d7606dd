import { UnindexedQuery, type Document, type Filter, type Query } from '../../../ports/read-models.js';
import { compareStrings, compareValues } from './compare.js';
import { sortValue, valueAt } from './field-values.js';
import type { SortFields } from './index-plan.js';
import { intersectedIds } from './intersected-ids.js';
import { countOfPlan, idsOfPlan, idsWithWords, type KeyDatabase } from './key-streams.js';
import { matcherOf, type Matcher } from './matcher.js';
import { planOf, type Plan } from './query-plan.js';
import { shapeOf } from './query-shape.js';
import { isOfWords, type CollectionRecord } from './registry-records.js';

export interface DocumentSource {
  read(collection: CollectionRecord, id: string): Document | undefined;
  ids(collection: CollectionRecord): Iterable<string>;
  size(collection: CollectionRecord): number;
}

export interface QueryLimits {
  /** A query that reads, or sorts, more documents than this in vain counts as unindexed. */
  readonly scanLimit: number;
  readonly strict: boolean;
  /** Told what is wrong with a query of which shape, without its values. */
  readonly onUnindexed: (query: string) => void;
}

const ORDER_OF_IDS: SortFields = [];

/**
 * Entries that a search of several words, or of a word and filters, looks at: what comes after them is neither found nor counted. Each
 * takes five to ten microseconds of the only thread.
 */
const MOST_ENTRIES = 2_000;

const sortFields = (sort: Query['sort'] = {}): SortFields => {
  const fields: SortFields = Object.entries(sort);
  const place = fields.findIndex(([field]) => field === 'id');
  if (place < 0) return fields;
  return fields[place]?.[1] === 1 ? fields.slice(0, place) : fields.slice(0, place + 1);
};

/** Answers queries over one collection. Synchronous, so that it sees one state. */
export class QueryReader {
  readonly #keys: KeyDatabase;
  readonly #documents: DocumentSource;
  readonly #limits: QueryLimits;

  constructor(keys: KeyDatabase, documents: DocumentSource, limits: QueryLimits) {
    this.#keys = keys;
    this.#documents = documents;
    this.#limits = limits;
  }

  find(collection: CollectionRecord, query: Query): readonly Document[] {
    const { filter = {}, skip = 0, limit = Infinity } = query;
    if (limit <= 0) return [];
    const sort = sortFields(query.sort);
    const plan = planOf(collection, filter, sort);
    const read = this.#reading(collection, filter, plan, query);
    const found = this.#ids(collection, plan, read);
    if (isOrdered(collection, plan, sort)) return page(read.inOrder(found, plan.exact ? skip : 0), plan.exact ? 0 : skip, limit);
    if (sort.length === 0) {
      const ids = [...found].sort(compareStrings);
      return page(read.inOrder(ids, plan.exact ? skip : 0), plan.exact ? 0 : skip, limit);
    }
    const documents = page(read.inOrder(found, 0), 0, Infinity);
    read.sorting(documents.length);
    return sorted(documents, sort).slice(skip, skip + limit);
  }

  count(collection: CollectionRecord, filter: Filter): number {
    const plan = planOf(collection, filter, ORDER_OF_IDS);
    if (plan.kind === 'all' && plan.exact) return this.#documents.size(collection);
    if (plan.kind === 'index' && plan.exact) return countOfPlan(this.#keys, plan);
    const read = this.#reading(collection, filter, plan, { filter });
    const ids = this.#ids(collection, plan, read);
    let count = 0;
    for (const _found of plan.exact ? ids : read.inOrder(ids, 0)) count += 1;
    return count;
  }

  #reading(collection: CollectionRecord, filter: Filter, plan: Plan, query: Query): Reading {
    const matches = plan.exact ? () => true : matcherOf(filter, collection.text?.fields);
    return new Reading((id) => this.#documents.read(collection, id), matches, this.#limits, () => shapeOf(collection.name, query));
  }

  #ids(collection: CollectionRecord, plan: Plan, reading: Reading): Iterable<string> {
    switch (plan.kind) {
      case 'ids':
        return plan.ids;
      case 'words':
        return idsWithWords(this.#keys, plan.number, plan.words);
      case 'intersection':
        return intersectedIds(this.#keys, plan.ranges, MOST_ENTRIES, () => reading.endedAfter(MOST_ENTRIES));
      case 'union':
        return new Set(plan.plans.flatMap((branch) => [...this.#ids(collection, branch, reading)]));
      case 'index':
        return idsOfPlan(this.#keys, plan);
      case 'all':
        return this.#documents.ids(collection);
    }
  }
}

const isOrdered = ({ indexes }: CollectionRecord, plan: Plan, sort: SortFields): boolean => {
  if (plan.kind === 'index') return plan.ordered !== null;
  if (plan.kind === 'intersection') return plan.ordered;
  // The words of an index of their own have its order.
  return sort.length === 0 && (plan.kind === 'all' || plan.kind === 'ids' || (plan.kind === 'words' && !indexes.some(isOfWords)));
};

const page = (documents: Iterable<Document>, skip: number, limit: number): readonly Document[] => {
  const chosen: Document[] = [];
  let place = 0;
  for (const document of documents) {
    if (place >= skip) chosen.push(document);
    place += 1;
    if (chosen.length >= limit) break;
  }
  return chosen;
};

const sorted = (documents: readonly Document[], sort: SortFields): readonly Document[] =>
  documents
    .map((document) => ({
      document,
      values: sort.map(([field, direction]) => sortValue(valueAt(document, field), direction)),
    }))
    .sort((left, right) => {
      for (const [place, [, direction]] of sort.entries()) {
        const order = compareValues(left.values[place], right.values[place]);
        if (order !== 0) return order * direction;
      }
      return compareStrings(left.document.id, right.document.id);
    })
    .map(({ document }) => document);

class Reading {
  #inVain = 0;
  #told = false;
  readonly #read: (id: string) => Document | undefined;
  readonly #matches: Matcher;
  readonly #limits: QueryLimits;
  readonly #shape: () => string;

  constructor(read: (id: string) => Document | undefined, matches: Matcher, limits: QueryLimits, shape: () => string) {
    this.#read = read;
    this.#matches = matches;
    this.#limits = limits;
    this.#shape = shape;
  }

  /** The documents that match; skips the first `skip` ids without reading them. */
  *inOrder(ids: Iterable<string>, skip: number): Generator<Document> {
    let place = 0;
    for (const id of ids) {
      place += 1;
      if (place <= skip) continue;
      const document = this.#read(id);
      if (document !== undefined && this.#matches(document)) {
        yield document;
        continue;
      }
      this.#inVain += 1;
      if (this.#inVain > this.#limits.scanLimit) this.#unindexed(`reads more than ${this.#limits.scanLimit} documents in vain`);
    }
  }

  sorting(documents: number): void {
    if (documents > this.#limits.scanLimit) this.#unindexed(`sorts more than ${this.#limits.scanLimit} documents in memory`);
  }

  endedAfter(entries: number): void {
    this.#limits.onUnindexed(`a search ended after ${entries} entries: ${this.#shape()}`);
  }

  #unindexed(what: string): void {
    if (this.#told) return;
    this.#told = true;
    const message = `no index fits: ${what}: ${this.#shape()}`;
    if (this.#limits.strict) throw new UnindexedQuery(message);
    this.#limits.onUnindexed(message);
  }
}
