/** A document of a read model: a JSON object without undefined, with its id. */
export interface Document {
  readonly id: string;
}

export type SortDirection = 1 | -1;

/**
 * Fields (dotted paths) in order; a field that holds an array indexes each of its values (at most one such field). `$text` as the first
 * one stands for the words of the collection's text: such an index gives a search the order of the fields after it.
 */
export type IndexFields = Readonly<Record<string, SortDirection>>;

/** A collection of a projection. The projector creates the indexes. */
export interface CollectionDefinition<D extends Document = Document> {
  readonly projection: string;
  readonly name: string;
  readonly indexes: readonly IndexFields[];
  /** Fields that `$text` searches: each word of the search must stand in one of them (no case, no accents, no stemming). */
  readonly text?: readonly string[];
  /**
   * Each document gets a number, 1, 2, 3 ... in the order of the log, when it is made. It keeps it for ever, also when it
   * is deleted and made again.
   */
  readonly numbered?: boolean;
  /** Each document is made by one event alone and never changed: it is neither looked for before it is written nor kept in memory. */
  readonly writtenOnce?: boolean;
  /** Never set: carries the document's type. */
  readonly document?: D;
}

export type Scalar = string | number | boolean | null;

/** Comparisons of one field. Equality with an array field means that it contains the value, as in MongoDB. */
export type Condition =
  | Scalar
  | Readonly<{
      $eq?: Scalar;
      $ne?: Scalar;
      $gt?: Scalar;
      $gte?: Scalar;
      $lt?: Scalar;
      $lte?: Scalar;
      $in?: readonly Scalar[];
      $nin?: readonly Scalar[];
      $exists?: boolean;
    }>;

/**
 * The subset of MongoDB's query language that every adapter answers alike (docs/queries.md). Comparisons order only
 * values of one type, strings by code point. `null` equals a missing field.
 */
export interface Filter {
  readonly $and?: readonly Filter[];
  readonly $or?: readonly Filter[];
  readonly $text?: { readonly $search: string };
  readonly [field: string]: Condition | readonly Filter[] | { readonly $search: string } | undefined;
}

export interface Query {
  readonly filter?: Filter;
  /** In order of the keys; ties are broken by id, so that pages neither repeat nor miss a document. */
  readonly sort?: Readonly<Record<string, SortDirection>>;
  readonly skip?: number;
  readonly limit?: number;
}

/** How a process answered its reads of documents. */
export interface ReadCount {
  /** From what it keeps in memory. */
  readonly hits: number;
  readonly misses: number;
  /** Reads that failed. */
  readonly errors: number;
  /** How often the store itself was asked. */
  readonly calls: number;
}

/** What a process keeps of the read models in memory. An adapter that keeps nothing has nothing to forget. */
export interface KeptDocuments {
  /** Reads of these collections, all together. */
  reads(collections: readonly string[]): ReadCount;
  resetReads(): void;
  /** The next read of these documents asks the store. Absent: `concerned` are all of the collection. */
  forget<D extends Document>(collection: CollectionDefinition<D>, concerned?: (document: D) => boolean): void;
}

/** For queries: reads of the generation that serves. */
export interface ReadModels {
  get<D extends Document>(collection: CollectionDefinition<D>, id: string): Promise<D | undefined>;
  /** In the order of ids; undefined where there is none. */
  getMany<D extends Document>(collection: CollectionDefinition<D>, ids: readonly string[]): Promise<readonly (D | undefined)[]>;
  find<D extends Document>(collection: CollectionDefinition<D>, query: Query): Promise<readonly D[]>;
  count<D extends Document>(collection: CollectionDefinition<D>, filter?: Filter): Promise<number>;
}

/** The store of the read models can't be reached. The call may or may not have taken effect. */
export class ReadModelsUnavailable extends Error {
  override readonly name = 'ReadModelsUnavailable';
}

/** A query that would read more documents than allowed because no declared index fits it. */
export class UnindexedQuery extends Error {
  override readonly name = 'UnindexedQuery';
}
