import type { Document as MongoDocument, Filter as MongoFilter, Sort } from 'mongodb';
import type { Filter, Query } from '../../ports/read-models.js';
import { conjunctionOf, type Comparison } from '../embedded/read-models/conditions.js';
import { searchedWordsOf } from '../embedded/read-models/text-words.js';

/** A document as it is kept: beside it what it was made of and what it is searched by. */
export interface DocumentRecord {
  readonly _id: string;
  /** The position of the last event in it (positionKey). */
  readonly position: string;
  /** Absent in a tombstone. */
  readonly document?: { readonly id: string };
  readonly words?: readonly string[];
  readonly deletedAt?: Date;
}

type Part = Readonly<Record<string, unknown>>;

const NOTHING: Part = { _id: { $in: [] } };
const ALIVE: Part = { document: { $exists: true } };

export const pathOf = (field: string): string => (field === 'id' ? '_id' : `document.${field}`);

const partOf = ({ field, operator, value }: Comparison): Part => {
  const path = pathOf(field);
  if (value === null && (operator === '$gt' || operator === '$lt')) return NOTHING;
  if (value === null && (operator === '$gte' || operator === '$lte')) return { [path]: { $eq: null } };
  return { [path]: { [operator]: value } };
};

/** No record without this field fulfils it, so it keeps deleted ones out. */
const needsField = ({ field, operator, value }: Comparison): boolean => {
  if (field === 'id') return false;
  if (operator === '$in') return !value.includes(null);
  if (operator === '$exists') return value;
  return operator !== '$ne' && operator !== '$nin' && value !== null;
};

const searchPart = (search: string): Part => {
  const words = searchedWordsOf(search);
  return words.length === 0 ? NOTHING : { words: { $all: words } };
};

const union = (branches: readonly Filter[]): Part =>
  branches.length === 0 ? NOTHING : { $or: branches.map((branch) => all(partsOf(branch))) };

const partsOf = (filter: Filter): readonly Part[] => {
  const { comparisons, alternatives, searches } = conjunctionOf(filter);
  return [...comparisons.map(partOf), ...alternatives.map(union), ...searches.map(searchPart)];
};

const all = (parts: readonly Part[]): Part => (parts.length > 1 ? { $and: parts } : (parts[0] ?? {}));

/** The filter in MongoDB's words, with the answers that docs/queries.md promises. */
export const mongoFilter = (filter: Filter): MongoFilter<DocumentRecord> => {
  const { comparisons, searches } = conjunctionOf(filter);
  const parts = partsOf(filter);
  return all(searches.length > 0 || comparisons.some(needsField) ? parts : [...parts, ALIVE]);
};

export const mongoSort = (sort: Query['sort'] = {}): Sort => {
  const fields = Object.entries(sort).map(([field, direction]): [string, 1 | -1] => [pathOf(field), direction]);
  return fields.some(([path]) => path === '_id') ? fields : [...fields, ['_id', 1]];
};

/** In the order of positions, whatever their size: an adapter may use 128 bits. */
export const positionKey = (position: bigint): string => position.toString().padStart(39, '0');

export const withoutId: MongoDocument = { _id: 0, document: 1 };
