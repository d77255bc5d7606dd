import { readUuid } from '../domain/kernel/uuid-bytes.js';

const WORDS = 4;
/** Parts are small, so that the set never stops for long to grow. Each begins larger than the one before: no two of them double at once. */
const PARTS = 16;
const PART_BITS = 4;
const FIRST_CAPACITY = 128;
/** Of the places of a part. */
const MOST_FILLED = 0.6;
const WORD_BYTES = 4;
/** A text that is no UUID, in a set. */
const TEXT_BYTES = 100;

// Who may choose UUIDs can't choose ones that meet at one place of the table.
const seed = Math.floor(Math.random() * 2 ** 32);

/** The words of the UUID that was read last. One for all: it is used before the next is read. */
const read = new Uint32Array(WORDS);
const readBytes = new Uint8Array(read.buffer);

/** Reads a UUID in small letters into `read`. False: the text is none, or the one of zeros, which stands for an empty place. */
const wasRead = (text: string): boolean => readUuid(text, readBytes) && read.some((word) => word !== 0);

const mixed = (words: Uint32Array, at: number): number => {
  let mix = seed;
  for (let word = 0; word < WORDS; word += 1) mix = Math.imul(mix ^ (words[at + word] ?? 0), 0x9e37_79b1) ^ (mix >>> 15);
  return (mix ^ (mix >>> 16)) >>> 0;
};

const isEmptyAt = (table: Uint32Array, at: number): boolean => {
  for (let word = 0; word < WORDS; word += 1) if (table[at + word] !== 0) return false;
  return true;
};

const isSameAt = (table: Uint32Array, at: number, words: Uint32Array, from: number): boolean => {
  for (let word = 0; word < WORDS; word += 1) if (table[at + word] !== words[from + word]) return false;
  return true;
};

/** Where the words from a place of another table stand in this one, or the empty place where they would. */
const find = (table: Uint32Array, words: Uint32Array, from: number): number => {
  const capacity = table.length / WORDS;
  let place = (mixed(words, from) >>> PART_BITS) % capacity;
  while (!isEmptyAt(table, place * WORDS) && !isSameAt(table, place * WORDS, words, from)) place = (place + 1) % capacity;
  return place * WORDS;
};

interface Part {
  table: Uint32Array;
  filled: number;
}

const doubled = ({ table: before, filled }: Part): Part => {
  const table = new Uint32Array(2 * before.length);
  for (let from = 0; from < before.length; from += WORDS) {
    if (isEmptyAt(before, from)) continue;
    const at = find(table, before, from);
    for (let word = 0; word < WORDS; word += 1) table[at + word] = before[from + word] ?? 0;
  }
  return { table, filled };
};

const firstParts = (): Part[] =>
  Array.from({ length: PARTS }, (_, part) => ({ table: new Uint32Array(WORDS * Math.round(FIRST_CAPACITY * 2 ** (part / PARTS))), filled: 0 }));

/**
 * A set of texts of which most are UUIDs: these take 16 bytes and a place of a table outside the heap, where the garbage collector
 * does not look at them. As texts in a map they take several times as much.
 */
export class UuidSet {
  readonly #parts = firstParts();
  readonly #others = new Set<string>();

  get size(): number {
    return this.#parts.reduce((sum, { filled }) => sum + filled, this.#others.size);
  }

  /** About how much memory it takes. */
  get bytes(): number {
    return this.#parts.reduce((sum, { table }) => sum + table.length * WORD_BYTES, this.#others.size * TEXT_BYTES);
  }

  has(text: string): boolean {
    if (!wasRead(text)) return this.#others.has(text);
    const part = this.#parts[mixed(read, 0) % PARTS];
    return part !== undefined && !isEmptyAt(part.table, find(part.table, read, 0));
  }

  add(text: string): void {
    if (!wasRead(text)) {
      this.#others.add(text);
      return;
    }
    const number = mixed(read, 0) % PARTS;
    const part = this.#parts[number];
    if (part === undefined) return;
    const at = find(part.table, read, 0);
    if (!isEmptyAt(part.table, at)) return;
    part.table.set(read, at);
    part.filled += 1;
    if (part.filled > (MOST_FILLED * part.table.length) / WORDS) this.#parts[number] = doubled(part);
  }
}
