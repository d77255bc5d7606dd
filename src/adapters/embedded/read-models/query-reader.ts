import { UnindexedQuery, type Document, type Filter, type Query } from '../../../ports/read-models.js';
import { compareStrings, compareValues } from './compare.js';
import { sortValue, valueAt } from './field-values.js';
import type { SortFields } from './index-plan.js';
import { countOfPlan, idsOfPlan, idsWithWords, type KeyDatabase } from './key-streams.js';
import { matcherOf, type Matcher } from './matcher.js';
import { planOf, type Plan } from './query-plan.js';
import type { CollectionRecord } from './registry-records.js';

export interface DocumentSource {
  read(collection: CollectionRecord, id: string): Document | undefined;
  ids(collection: CollectionRecord): Iterable<string>;
  size(collection: CollectionRecord): number;
}

export interface QueryLimits {
  /** A query that reads, or sorts, more documents than this in vain counts as unindexed. */
  readonly scanLimit: number;
  readonly strict: boolean;
  readonly onUnindexed: (query: string) => void;
}

const ORDER_OF_IDS: SortFields = [];

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
    const read = this.#reading(collection, filter, plan, JSON.stringify({ collection: collection.name, ...query }));
    if (isOrdered(plan, sort)) return page(read.inOrder(this.#ids(collection, plan), plan.exact ? skip : 0), plan.exact ? 0 : skip, limit);
    if (sort.length === 0) {
      const ids = [...this.#ids(collection, plan)].sort(compareStrings);
      return page(read.inOrder(ids, plan.exact ? skip : 0), plan.exact ? 0 : skip, limit);
    }
    const found = page(read.inOrder(this.#ids(collection, plan), 0), 0, Infinity);
    read.sorting(found.length);
    return sorted(found, sort).slice(skip, skip + limit);
  }

  count(collection: CollectionRecord, filter: Filter): number {
    const plan = planOf(collection, filter, ORDER_OF_IDS);
    if (plan.kind === 'all' && plan.exact) return this.#documents.size(collection);
    if (plan.kind === 'index' && plan.exact) return countOfPlan(this.#keys, plan);
    const ids = this.#ids(collection, plan);
    if (plan.exact) return [...ids].length;
    const read = this.#reading(collection, filter, plan, JSON.stringify({ count: collection.name, filter }));
    let count = 0;
    for (const _document of read.inOrder(ids, 0)) count += 1;
    return count;
  }

  #reading(collection: CollectionRecord, filter: Filter, plan: Plan, query: string): Reading {
    const matches = plan.exact ? () => true : matcherOf(filter, collection.text?.fields);
    return new Reading((id) => this.#documents.read(collection, id), matches, this.#limits, query);
  }

  #ids(collection: CollectionRecord, plan: Plan): Iterable<string> {
    switch (plan.kind) {
      case 'ids':
        return plan.ids;
      case 'words':
        return idsWithWords(this.#keys, plan.number, plan.words);
      case 'union':
        return new Set(plan.plans.flatMap((branch) => [...this.#ids(collection, branch)]));
      case 'index':
        return idsOfPlan(this.#keys, plan);
      case 'all':
        return this.#documents.ids(collection);
    }
  }
}

const isOrdered = (plan: Plan, sort: SortFields): boolean => {
  if (plan.kind === 'index') return plan.ordered !== null;
  return sort.length === 0 && (plan.kind === 'all' || plan.kind === 'ids' || plan.kind === 'words');
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
  readonly #query: string;

  constructor(read: (id: string) => Document | undefined, matches: Matcher, limits: QueryLimits, query: string) {
    this.#read = read;
    this.#matches = matches;
    this.#limits = limits;
    this.#query = query;
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
    if (documents > this.#limits.scanLimit) this.#unindexed(`sorts ${documents} documents in memory`);
  }

  #unindexed(what: string): void {
    if (this.#told) return;
    this.#told = true;
    const message = `no index fits: ${what}: ${this.#query}`;
    if (this.#limits.strict) throw new UnindexedQuery(message);
    this.#limits.onUnindexed(message);
  }
}
