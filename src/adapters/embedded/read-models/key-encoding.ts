import type { Scalar, SortDirection } from '../../../ports/read-models.js';
import type { IndexField } from './registry-records.js';

/**
 * Index keys: number of the index, each field's value in bytes that sort as the values do (inverted where the index descends),
 * the id, and the id's length in two bytes so that it is found from the end.
 */
const Tag = { emptyArray: 0x04, null: 0x05, number: 0x10, string: 0x20, object: 0x28, boolean: 0x30 } as const;

/** Longer strings are cut in keys: such an index only narrows down, the documents decide. */
export const LONGEST_KEY_STRING = 240;
/** So many characters take no more bytes than the longest string, whatever they are. */
const SURELY_WHOLE = LONGEST_KEY_STRING / 3;

const scratch = Buffer.alloc(16_384);

const invert = (start: number, end: number): void => {
  for (let i = start; i < end; i += 1) scratch[i] = 255 - (scratch[i] ?? 0);
};

/** All this is done for each entry of each index: what can go straight into the scratch buffer makes no buffer of its own. */
const writeString = (value: string, start: number): number => {
  let end = start;
  if (value.length <= SURELY_WHOLE && !value.includes('\0')) end += scratch.write(value, start, 'utf8');
  else {
    const bytes = Buffer.from(value, 'utf8').subarray(0, LONGEST_KEY_STRING);
    for (const byte of bytes) {
      scratch[end++] = byte;
      if (byte === 0) scratch[end++] = 0xff;
    }
  }
  scratch[end++] = 0;
  scratch[end++] = 0;
  return end;
};

const isCut = (value: unknown): boolean => typeof value === 'string' && value.length > SURELY_WHOLE && Buffer.byteLength(value) > LONGEST_KEY_STRING;

const writeNumber = (value: number, start: number): number => {
  scratch.writeDoubleBE(value === 0 ? 0 : value, start);
  if (((scratch[start] ?? 0) & 0x80) === 0) scratch[start] = (scratch[start] ?? 0) | 0x80;
  else invert(start, start + 8);
  return start + 8;
};

/** Where the value ends. */
const writeComponent = (value: unknown, start: number): number => {
  if (typeof value === 'string') {
    scratch[start] = Tag.string;
    return writeString(value, start + 1);
  }
  if (typeof value === 'number') {
    scratch[start] = Tag.number;
    return writeNumber(value, start + 1);
  }
  if (typeof value === 'boolean') {
    scratch[start] = Tag.boolean;
    scratch[start + 1] = value ? 1 : 0;
    return start + 2;
  }
  scratch[start] = tagOfOther(value);
  return start + 1;
};

const tagOfOther = (value: unknown): number => {
  if (value === null || value === undefined) return Tag.null;
  return typeof value === 'symbol' ? Tag.emptyArray : Tag.object;
};

export interface EncodedValue {
  readonly bytes: Buffer;
  readonly cut: boolean;
}

export const encodeValue = (value: unknown): EncodedValue => {
  const end = writeComponent(value, 0);
  return { bytes: Buffer.from(scratch.subarray(0, end)), cut: isCut(value) };
};

export const typeBracket = (value: Scalar): Buffer => Buffer.from((encodeValue(value).bytes).subarray(0, 1));

export const inDirection = (bytes: Buffer, direction: SortDirection): Buffer => {
  if (direction === 1) return bytes;
  const inverted = Buffer.allocUnsafe(bytes.length);
  for (let i = 0; i < bytes.length; i += 1) inverted[i] = 255 - (bytes[i] ?? 0);
  return inverted;
};

export const numberPrefix = (number: number): Buffer => {
  const prefix = Buffer.allocUnsafe(4);
  prefix.writeUInt32BE(number);
  return prefix;
};

export const afterPrefix = (bytes: Buffer): Buffer => {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0xff) length -= 1;
  const next = Buffer.from(bytes.subarray(0, length));
  if (length > 0) next[length - 1] = (next[length - 1] ?? 0) + 1;
  return next;
};

const finish = (end: number, id: string): Buffer => {
  const written = scratch.write(id, end, 'utf8');
  const length = scratch.writeUInt16BE(written, end + written);
  const key = Buffer.allocUnsafe(length);
  scratch.copy(key, 0, 0, length);
  return key;
};

export interface IndexKey {
  readonly key: Buffer;
  readonly cut: boolean;
}

/** The key of the values of the fields, in their order. */
export const indexKey = (number: number, fields: readonly IndexField[], values: readonly unknown[], id: string): IndexKey => {
  let end = scratch.writeUInt32BE(number, 0);
  let cut = false;
  for (let place = 0; place < values.length; place += 1) {
    const start = end;
    const value = values[place];
    end = writeComponent(value, start);
    cut ||= isCut(value);
    if (fields[place]?.[1] === -1) invert(start, end);
  }
  return { key: finish(end, id), cut };
};

export const wordPrefix = (number: number, word: string): Buffer =>
  Buffer.concat([numberPrefix(number), encodeValue(word).bytes]);

/** Words are kept in ascending order. */
const WORD_FIELD: readonly IndexField[] = [['word', 1]];

export const wordKey = (number: number, word: string, id: string): Buffer => indexKey(number, WORD_FIELD, [word], id).key;

export const idStart = (key: Buffer): number => key.length - 2 - key.readUInt16BE(key.length - 2);

export const idOf = (key: Buffer): string => key.toString('utf8', idStart(key), key.length - 2);

/** Valid until the next call: pass it straight to a read or a write, which copies it. */
export const documentKey = (collection: number, id: string): Buffer => {
  scratch.writeUInt32BE(collection, 0);
  return scratch.subarray(0, 4 + scratch.write(id, 4, 'utf8'));
};
