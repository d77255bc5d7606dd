import { areEqual, canonical, joined, sha256, utf8, type Bytes } from './bytes.js';

const BYTES = 32;
const LEAF = '\0';
const NODE = Uint8Array.of(1);

/** What a leaf names: the hash covers the event's data and metadata. */
export interface NamedEvent {
  readonly hash: string;
  readonly id: string;
  readonly revision: number;
  readonly stream: string;
  readonly type: string;
}

export const leafOf = ({ hash, id, revision, stream, type }: NamedEvent): Promise<Bytes> => sha256(utf8(LEAF + canonical({ hash, id, revision, stream, type })));

const nodeOf = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(joined(NODE, left, right));

const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every(({ length }) => length === BYTES);

/** Where a proof stands: a node, and the last one of its level. */
class Place {
  #at: bigint;
  #last: bigint;

  constructor(at: number, last: number) {
    this.#at = BigInt(at);
    this.#last = BigInt(last);
  }

  get isRoot(): boolean {
    return this.#last === 0n;
  }

  get isRight(): boolean {
    return this.#at % 2n === 1n;
  }

  /** The other hash of the proof stands to the left. */
  get isJoinedFromLeft(): boolean {
    return this.isRight || this.#at === this.#last;
  }

  up(): void {
    this.#at /= 2n;
    this.#last /= 2n;
  }

  /** After a join from the left: past the levels on which a node stands alone. */
  skip(): void {
    while (this.#at % 2n === 0n && this.#at !== 0n) this.up();
  }
}

/** RFC 9162, 2.1.3.2: whether the leaf stands at that index of the tree of that size and root. */
export const isIncluded = async (index: number, size: number, leaf: Uint8Array, hashes: readonly Uint8Array[], root: Uint8Array): Promise<boolean> => {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size || !areHashes([leaf, root, ...hashes])) return false;
  const place = new Place(index, size - 1);
  let hash = leaf;
  for (const other of hashes) {
    if (place.isRoot) return false;
    const fromLeft = place.isJoinedFromLeft;
    hash = fromLeft ? await nodeOf(other, hash) : await nodeOf(hash, other);
    if (fromLeft) place.skip();
    place.up();
  }
  return place.isRoot && areEqual(hash, root);
};

const isPowerOfTwo = (size: number): boolean => (BigInt(size) & BigInt(size - 1)) === 0n;

/** RFC 9162, 2.1.4.2: whether the first tree is the beginning of the second. */
export const isConsistent = async (from: number, to: number, fromRoot: Uint8Array, toRoot: Uint8Array, hashes: readonly Uint8Array[]): Promise<boolean> => {
  if (!Number.isSafeInteger(from) || from < 0 || from > to || !areHashes([fromRoot, toRoot, ...hashes])) return false;
  if (from === to) return hashes.length === 0 && areEqual(fromRoot, toRoot);
  if (from === 0) return hashes.length === 0 && areEqual(await sha256(utf8('')), fromRoot);
  const [first, ...rest] = isPowerOfTwo(from) ? [fromRoot, ...hashes] : hashes;
  if (first === undefined) return false;
  const place = new Place(from - 1, to - 1);
  while (place.isRight) place.up();
  let [old, whole] = [first, first];
  for (const other of rest) {
    if (place.isRoot) return false;
    const fromLeft = place.isJoinedFromLeft;
    if (fromLeft) old = await nodeOf(other, old);
    whole = fromLeft ? await nodeOf(other, whole) : await nodeOf(whole, other);
    if (fromLeft) place.skip();
    place.up();
  }
  return place.isRoot && areEqual(old, fromRoot) && areEqual(whole, toRoot);
};
