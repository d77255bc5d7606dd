import type { Scalar, SortDirection } from '../../../ports/read-models.js';

/**
 * Index keys: number of the index, each field's value in bytes that sort as the values do (inverted where the index descends),
 * the id, and the id's length in two bytes so that it is found from the end.
 */
const Tag = { emptyArray: 0x04, null: 0x05, number: 0x10, string: 0x20, object: 0x28, boolean: 0x30 } as const;

/** Longer strings are cut in keys: such an index only narrows down, the documents decide. */
export const LONGEST_KEY_STRING = 240;

const scratch = Buffer.alloc(16_384);

const invert = (start: number, end: number): void => {
  for (let i = start; i < end; i += 1) scratch[i] = 255 - (scratch[i] ?? 0);
};

const writeString = (value: string, start: number): { end: number; cut: boolean } => {
  const bytes = Buffer.from(value, 'utf8');
  const length = Math.min(bytes.length, LONGEST_KEY_STRING);
  let end = start;
  for (let i = 0; i < length; i += 1) {
    const byte = bytes[i] ?? 0;
    scratch[end++] = byte;
    if (byte === 0) scratch[end++] = 0xff;
  }
  scratch[end++] = 0;
  scratch[end++] = 0;
  return { end, cut: bytes.length > length };
};

const writeNumber = (value: number, start: number): number => {
  scratch.writeDoubleBE(value === 0 ? 0 : value, start);
  if (((scratch[start] ?? 0) & 0x80) === 0) scratch[start] = (scratch[start] ?? 0) | 0x80;
  else invert(start, start + 8);
  return start + 8;
};

const writeComponent = (value: unknown, start: number): { end: number; cut: boolean } => {
  if (typeof value === 'string') {
    scratch[start] = Tag.string;
    return writeString(value, start + 1);
  }
  if (typeof value === 'number') {
    scratch[start] = Tag.number;
    return { end: writeNumber(value, start + 1), cut: false };
  }
  if (typeof value === 'boolean') {
    scratch[start] = Tag.boolean;
    scratch[start + 1] = value ? 1 : 0;
    return { end: start + 2, cut: false };
  }
  scratch[start] = tagOfOther(value);
  return { end: start + 1, cut: false };
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
  const { end, cut } = writeComponent(value, 0);
  return { bytes: Buffer.from(scratch.subarray(0, end)), cut };
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
  scratch.writeUInt16BE(written, end + written);
  return Buffer.from(scratch.subarray(0, end + written + 2));
};

export const indexKey = (
  number: number,
  values: readonly unknown[],
  directions: readonly SortDirection[],
  id: string,
): { readonly key: Buffer; readonly cut: boolean } => {
  scratch.writeUInt32BE(number, 0);
  let end = 4;
  let anyCut = false;
  for (let i = 0; i < values.length; i += 1) {
    const start = end;
    const written = writeComponent(values[i], start);
    end = written.end;
    anyCut ||= written.cut;
    if (directions[i] === -1) invert(start, end);
  }
  return { key: finish(end, id), cut: anyCut };
};

export const wordPrefix = (number: number, word: string): Buffer =>
  Buffer.concat([numberPrefix(number), encodeValue(word).bytes]);

export const wordKey = (number: number, word: string, id: string): Buffer => indexKey(number, [word], [1], id).key;

export const idStart = (key: Buffer): number => key.length - 2 - key.readUInt16BE(key.length - 2);

export const idOf = (key: Buffer): string => key.toString('utf8', idStart(key), key.length - 2);

/** Valid until the next call: pass it straight to a read or a write, which copies it. */
export const documentKey = (collection: number, id: string): Buffer => {
  scratch.writeUInt32BE(collection, 0);
  return scratch.subarray(0, 4 + scratch.write(id, 4, 'utf8'));
};
