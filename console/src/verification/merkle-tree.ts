import { areEqual, concat, sha256, type Bytes } from './bytes.js';

const BYTES = 32;
const NODE = new Uint8Array([1]);

const nodeOf = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(concat(NODE, left, right));

const areHashes = (hashes: readonly Bytes[]): boolean => hashes.every(({ length }) => length === BYTES);

/** RFC 9162, 2.1.3.2: whether the leaf stands at that index of the tree of that size and root. */
export const isIncluded = async (index: number, size: number, leaf: Bytes, hashes: readonly Bytes[], root: Bytes): Promise<boolean> => {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size || !areHashes([leaf, root, ...hashes])) return false;
  let [at, last] = [BigInt(index), BigInt(size - 1)];
  let hash = leaf;
  for (const other of hashes) {
    if (last === 0n) return false;
    if (at % 2n === 1n || at === last) {
      hash = await nodeOf(other, hash);
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n];
    } else {
      hash = await nodeOf(hash, other);
    }
    [at, last] = [at / 2n, last / 2n];
  }
  return last === 0n && areEqual(hash, root);
};

/** RFC 9162, 2.1.4.2: whether the first tree is the beginning of the second. */
export const isConsistent = async (from: number, to: number, fromRoot: Bytes, toRoot: Bytes, hashes: readonly Bytes[]): Promise<boolean> => {
  if (!Number.isSafeInteger(from) || from < 0 || from > to || !areHashes([fromRoot, toRoot, ...hashes])) return false;
  if (from === to) return hashes.length === 0 && areEqual(fromRoot, toRoot);
  if (from === 0) return hashes.length === 0 && areEqual(await sha256(new Uint8Array()), fromRoot);
  const isPower = (BigInt(from) & BigInt(from - 1)) === 0n;
  const [first, ...rest] = isPower ? [fromRoot, ...hashes] : hashes;
  if (first === undefined) return false;
  let [at, last] = [BigInt(from - 1), BigInt(to - 1)];
  while (at % 2n === 1n) [at, last] = [at / 2n, last / 2n];
  let [old, whole] = [first, first];
  for (const other of rest) {
    if (last === 0n) return false;
    if (at % 2n === 1n || at === last) {
      [old, whole] = [await nodeOf(other, old), await nodeOf(other, whole)];
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n];
    } else {
      whole = await nodeOf(whole, other);
    }
    [at, last] = [at / 2n, last / 2n];
  }
  return last === 0n && areEqual(old, fromRoot) && areEqual(whole, toRoot);
};
