import { canonical, sha256 } from './canonical-json.js';

const LEAF = '\0';
const BYTES = 32;

// One for all: a hash is made before the next begins.
const node = new Uint8Array(1 + 2 * BYTES);
node[0] = 1;

/** What a leaf names: the hash covers the event's data and metadata. */
export interface NamedEvent {
  readonly hash: string;
  readonly id: string;
  readonly revision: number;
  readonly stream: string;
  readonly type: string;
}

export const leafOf = ({ hash, id, revision, stream, type }: NamedEvent): Buffer => sha256(LEAF + canonical({ hash, id, revision, stream, type }));

/** Of two hashes of 32 bytes each. */
export const nodeOf = (left: Uint8Array, right: Uint8Array): Buffer => {
  node.set(left, 1);
  node.set(right, 1 + BYTES);
  return sha256(node);
};

export const EMPTY_ROOT = sha256('');

/** A tree that grows by leaves and keeps the roots of its complete subtrees alone, the greatest first. */
export class GrowingTree {
  readonly #peaks: { readonly leaves: number; readonly hash: Buffer }[] = [];
  size = 0;

  add(leaf: Buffer): void {
    this.size += 1;
    let peak = { leaves: 1, hash: leaf };
    for (let last = this.#peaks.at(-1); last?.leaves === peak.leaves; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      peak = { leaves: 2 * peak.leaves, hash: nodeOf(last.hash, peak.hash) };
    }
    this.#peaks.push(peak);
  }

  root(): Buffer {
    const [last, ...others] = this.#peaks.map(({ hash }) => hash).reverse();
    return last === undefined ? EMPTY_ROOT : others.reduce((right, left) => nodeOf(left, right), last);
  }
}

const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every(({ length }) => length === BYTES);

/** RFC 9162, 2.1.3.2: whether the leaf stands at that index of the tree of that size and root. */
export const isIncluded = (index: number, size: number, leaf: Uint8Array, hashes: readonly Uint8Array[], root: Uint8Array): boolean => {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size || !areHashes([leaf, root, ...hashes])) return false;
  let [at, last] = [BigInt(index), BigInt(size - 1)];
  let hash: Uint8Array = leaf;
  for (const other of hashes) {
    if (last === 0n) return false;
    if (at % 2n === 1n || at === last) {
      hash = nodeOf(other, hash);
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n];
    } else {
      hash = nodeOf(hash, other);
    }
    [at, last] = [at / 2n, last / 2n];
  }
  return last === 0n && Buffer.compare(hash, root) === 0;
};

/** RFC 9162, 2.1.4.2: whether the first tree is the beginning of the second. */
export const isConsistent = (from: number, to: number, fromRoot: Uint8Array, toRoot: Uint8Array, hashes: readonly Uint8Array[]): boolean => {
  if (!Number.isSafeInteger(from) || from < 0 || from > to || !areHashes([fromRoot, toRoot, ...hashes])) return false;
  if (from === to) return hashes.length === 0 && Buffer.from(fromRoot).equals(toRoot);
  if (from === 0) return hashes.length === 0 && EMPTY_ROOT.equals(fromRoot);
  const isPower = (BigInt(from) & BigInt(from - 1)) === 0n;
  const [first, ...rest] = isPower ? [fromRoot, ...hashes] : hashes;
  if (first === undefined) return false;
  let [at, last] = [BigInt(from - 1), BigInt(to - 1)];
  while (at % 2n === 1n) [at, last] = [at / 2n, last / 2n];
  let old: Uint8Array = first;
  let whole: Uint8Array = first;
  for (const other of rest) {
    if (last === 0n) return false;
    if (at % 2n === 1n || at === last) {
      [old, whole] = [nodeOf(other, old), nodeOf(other, whole)];
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n];
    } else {
      whole = nodeOf(whole, other);
    }
    [at, last] = [at / 2n, last / 2n];
  }
  return last === 0n && Buffer.compare(old, fromRoot) === 0 && Buffer.compare(whole, toRoot) === 0;
};
