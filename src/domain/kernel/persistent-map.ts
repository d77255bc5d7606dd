/**
 * An immutable map with string keys (a hash trie, 32 ways a level): `with` and `without` share all but a few
 * nodes with the map they start from, so a fold over a long stream costs the same for each event.
 */
export class PersistentMap<Value> {
  static readonly #empty = new PersistentMap<never>(undefined, 0);

  readonly #root: TrieNode<Value> | undefined;
  readonly size: number;

  private constructor(root: TrieNode<Value> | undefined, size: number) {
    this.#root = root;
    this.size = size;
  }

  static empty<Value>(): PersistentMap<Value> {
    return PersistentMap.#empty;
  }

  get(key: string): Value | undefined {
    const hash = hashOf(key);
    let node = this.#root;
    for (let shift = 0; node !== undefined; shift += BITS) {
      if (node.kind === 'leaf') return node.hash === hash ? node.entries.find(([k]) => k === key)?.[1] : undefined;
      const bit = bitAt(hash, shift);
      node = (node.bitmap & bit) === 0 ? undefined : node.children[indexOf(node.bitmap, bit)];
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  with(key: string, value: Value): PersistentMap<Value> {
    const added = !this.has(key);
    return new PersistentMap(insert(this.#root, 0, hashOf(key), key, value), this.size + (added ? 1 : 0));
  }

  without(key: string): PersistentMap<Value> {
    if (!this.has(key)) return this;
    return new PersistentMap(remove(this.#root, 0, hashOf(key), key), this.size - 1);
  }

  /** In no particular order. */
  *entries(): IterableIterator<readonly [string, Value]> {
    if (this.#root !== undefined) yield* walk(this.#root);
  }
}

type Leaf<Value> = Readonly<{ kind: 'leaf'; hash: number; entries: readonly (readonly [string, Value])[] }>;
type Branch<Value> = Readonly<{ kind: 'branch'; bitmap: number; children: readonly TrieNode<Value>[] }>;
type TrieNode<Value> = Leaf<Value> | Branch<Value>;

const BITS = 5;

// FNV-1a over code units: cheap, and spreads UUIDs well.
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

const bitAt = (hash: number, shift: number): number => 1 << ((hash >>> shift) & 31);

const populationCount = (bits: number): number => {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

const indexOf = (bitmap: number, bit: number): number => populationCount(bitmap & (bit - 1));

const insert = <Value>(
  node: TrieNode<Value> | undefined,
  shift: number,
  hash: number,
  key: string,
  value: Value,
): TrieNode<Value> => {
  if (node === undefined) return { kind: 'leaf', hash, entries: [[key, value]] };
  if (node.kind === 'leaf') {
    if (node.hash === hash) return { ...node, entries: [...node.entries.filter(([k]) => k !== key), [key, value]] };
    const split: Branch<Value> = { kind: 'branch', bitmap: bitAt(node.hash, shift), children: [node] };
    return insert(split, shift, hash, key, value);
  }
  const bit = bitAt(hash, shift);
  const index = indexOf(node.bitmap, bit);
  if ((node.bitmap & bit) === 0) {
    const leaf = insert(undefined, 0, hash, key, value);
    return { ...node, bitmap: node.bitmap | bit, children: node.children.toSpliced(index, 0, leaf) };
  }
  return { ...node, children: node.children.with(index, insert(node.children[index], shift + BITS, hash, key, value)) };
};

const remove = <Value>(
  node: TrieNode<Value> | undefined,
  shift: number,
  hash: number,
  key: string,
): TrieNode<Value> | undefined => {
  if (node === undefined) return undefined;
  if (node.kind === 'leaf') {
    const entries = node.entries.filter(([k]) => k !== key);
    return entries.length === 0 ? undefined : { ...node, entries };
  }
  const bit = bitAt(hash, shift);
  const index = indexOf(node.bitmap, bit);
  const child = remove(node.children[index], shift + BITS, hash, key);
  if (child !== undefined) return { ...node, children: node.children.with(index, child) };
  const bitmap = node.bitmap & ~bit;
  return bitmap === 0 ? undefined : { ...node, bitmap, children: node.children.toSpliced(index, 1) };
};

function* walk<Value>(node: TrieNode<Value>): IterableIterator<readonly [string, Value]> {
  if (node.kind === 'leaf') yield* node.entries;
  else for (const child of node.children) yield* walk(child);
}
