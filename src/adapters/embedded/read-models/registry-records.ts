import type { GenerationFailure } from '../../../ports/read-model-store.js';
import type { CollectionDefinition, SortDirection } from '../../../ports/read-models.js';

export type IndexField = readonly [field: string, direction: SortDirection];

/** An index as it is kept; its number is the first four bytes of its keys. */
export interface IndexRecord {
  readonly number: number;
  readonly fields: readonly IndexField[];
  readonly fieldNames: readonly string[];
  /** The one field that has ever held an array; documents may stand in the index more than once then. */
  readonly multikey: string | null;
  /** A string was too long for a key: the index narrows down, but neither covers nor sorts. */
  readonly cut: boolean;
  /** The fields whose words `$text` stands for. */
  readonly words?: readonly string[];
}

export interface TextRecord {
  readonly number: number;
  readonly fields: readonly string[];
}

export interface CollectionRecord {
  readonly name: string;
  readonly number: number;
  readonly indexes: readonly IndexRecord[];
  readonly text: TextRecord | null;
}

export interface GenerationRecord {
  readonly projection: string;
  readonly version: number;
  readonly generation: number;
  readonly state: 'building' | 'serving';
  readonly collections: readonly CollectionRecord[];
  /** Absent in records of older programs, as is the failure. */
  readonly createdAt?: string;
  readonly failure?: GenerationFailure | null;
}

/** Stands for the words of the text in an index. */
export const WORDS = '$text';

export const isOfWords = ({ fields }: Pick<IndexRecord, 'fields'>): boolean => fields[0]?.[0] === WORDS;

export const fieldsOf = (fields: CollectionDefinition['indexes'][number]): readonly IndexField[] => Object.entries(fields);

export const sameFields = (left: readonly IndexField[], right: readonly IndexField[]): boolean =>
  JSON.stringify(left) === JSON.stringify(right);
