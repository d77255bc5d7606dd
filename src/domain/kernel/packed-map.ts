import { PACKED_LENGTH, packedUuid, unpackedUuid } from './packed-uuid.js';
import { emptyMap, isPersistentMap, type PersistentMap } from './persistent-map.js';

/** How values become texts of one length, of characters up to U+00FF. */
export interface Packing<Value> {
  readonly length: number;
  /** Undefined: this value is kept as it is. */
  pack(value: Value): string | undefined;
  unpack(packed: string): Value;
}

/** Digits of the id that say in which page it stands: 4,096 pages, each a text that is copied when an entry of it changes. */
const PAGE_DIGITS = 3;
/**
 * An immutable map by UUID for many small values: an entry whose value can be packed is a few characters in a text, where it takes
 * an eighth of what it takes as an object, and the garbage collector has nothing to follow.
 */
export class PackedMap<Value> {
  // Not hidden from `memorySizeOf`, which judges a state by its parts.
  private readonly packing: Packing<Value>;
  private readonly pages: PersistentMap<string>;
  private readonly whole: PersistentMap<Value>;
  readonly size: number;

  private constructor(packing: Packing<Value>, pages: PersistentMap<string>, whole: PersistentMap<Value>, size: number) {
    this.packing = packing;
    this.pages = pages;
    this.whole = whole;
    this.size = size;
  }

  static empty<Value>(packing: Packing<Value>): PackedMap<Value> {
    return new PackedMap(packing, emptyMap(), emptyMap(), 0);
  }

  get(id: string): Value | undefined {
    const whole = this.whole.get(id);
    if (whole !== undefined || this.pages.size === 0) return whole;
    const key = packedUuid(id);
    const page = key === undefined ? undefined : this.pages.get(id.slice(0, PAGE_DIGITS));
    if (key === undefined || page === undefined) return undefined;
    const at = this.#placeIn(page, key);
    return at === -1 ? undefined : this.packing.unpack(page.slice(at + PACKED_LENGTH, at + this.#entryLength));
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  set(id: string, value: Value): PackedMap<Value> {
    const size = this.has(id) ? this.size : this.size + 1;
    const key = packedUuid(id);
    const packed = key === undefined ? undefined : this.packing.pack(value);
    const others = key === undefined ? this.pages : this.#pagesWithout(id, key);
    if (key === undefined || packed === undefined) return new PackedMap(this.packing, others, this.whole.set(id, value), size);
    const page = id.slice(0, PAGE_DIGITS);
    const pages = others.set(page, (others.get(page) ?? '') + key + packed);
    return new PackedMap(this.packing, pages, this.whole.delete(id), size);
  }

  *entries(): IterableIterator<[string, Value]> {
    yield* this.whole.entries();
    for (const page of this.pages.values()) {
      for (let at = 0; at < page.length; at += this.#entryLength) {
        yield [unpackedUuid(page.slice(at, at + PACKED_LENGTH)), this.packing.unpack(page.slice(at + PACKED_LENGTH, at + this.#entryLength))];
      }
    }
  }

  get #entryLength(): number {
    return PACKED_LENGTH + this.packing.length;
  }

  /** Where the entry begins, or -1. The same characters may stand across two entries. */
  #placeIn(page: string, key: string): number {
    let at = page.indexOf(key);
    while (at !== -1 && at % this.#entryLength !== 0) at = page.indexOf(key, at + 1);
    return at;
  }

  #pagesWithout(id: string, key: string): PersistentMap<string> {
    const name = id.slice(0, PAGE_DIGITS);
    const page = this.pages.get(name);
    const at = page === undefined ? -1 : this.#placeIn(page, key);
    if (page === undefined || at === -1) return this.pages;
    const rest = page.slice(0, at) + page.slice(at + this.#entryLength);
    return rest === '' ? this.pages.delete(name) : this.pages.set(name, rest);
  }
}

/** The maps that a state may have, either with `size` and `entries`. */
export const isStateMap = (value: unknown): value is PersistentMap<unknown> | PackedMap<unknown> => value instanceof PackedMap || isPersistentMap(value);
