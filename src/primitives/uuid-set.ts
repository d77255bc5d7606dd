const UUID_LENGTH = 36;
const HYPHEN = 45;
const WORDS = 4;
const FIRST_CAPACITY = 2_048;
/** Of the places of the table. */
const MOST_FILLED = 0.6;
const WORD_BYTES = 4;
/** A text that is no UUID, in a set. */
const TEXT_BYTES = 100;

// Who may choose UUIDs can't choose ones that meet at one place of the table.
const seed = Math.floor(Math.random() * 2 ** 32);

/** The words of the UUID that was read last. One for all: it is used before the next is read. */
const read = new Uint32Array(WORDS);

const digitOf = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
};

const isHyphenAt = (index: number): boolean => index === 8 || index === 13 || index === 18 || index === 23;

/** Reads a UUID in small letters into `read`. False: the text is none, or the one of zeros, which stands for an empty place. */
const readUuid = (text: string): boolean => {
  if (text.length !== UUID_LENGTH) return false;
  for (let index = 0, digits = 0, word = 0; index < UUID_LENGTH; index += 1) {
    const code = text.charCodeAt(index);
    if (isHyphenAt(index)) {
      if (code !== HYPHEN) return false;
      continue;
    }
    const digit = digitOf(code);
    if (digit === -1) return false;
    word = (word << 4) | digit;
    digits += 1;
    if (digits % 8 === 0) read[digits / 8 - 1] = word;
  }
  return read.some((word) => word !== 0);
};

const placeOf = (words: Uint32Array, at: number, capacity: number): number => {
  let mixed = seed;
  for (let word = 0; word < WORDS; word += 1) mixed = Math.imul(mixed ^ (words[at + word] ?? 0), 0x9e37_79b1) ^ (mixed >>> 15);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % capacity;
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
  let place = placeOf(words, from, capacity);
  while (!isEmptyAt(table, place * WORDS) && !isSameAt(table, place * WORDS, words, from)) place = (place + 1) % capacity;
  return place * WORDS;
};

/**
 * A set of texts of which most are UUIDs: these take 16 bytes and a place of a table outside the heap, where the garbage collector
 * does not look at them. As texts in a map they take several times as much.
 */
export class UuidSet {
  #table = new Uint32Array(WORDS * FIRST_CAPACITY);
  #filled = 0;
  readonly #others = new Set<string>();

  get size(): number {
    return this.#filled + this.#others.size;
  }

  /** About how much memory it takes. */
  get bytes(): number {
    return this.#table.length * WORD_BYTES + this.#others.size * TEXT_BYTES;
  }

  has(text: string): boolean {
    return readUuid(text) ? !isEmptyAt(this.#table, find(this.#table, read, 0)) : this.#others.has(text);
  }

  add(text: string): void {
    if (!readUuid(text)) {
      this.#others.add(text);
      return;
    }
    const at = find(this.#table, read, 0);
    if (!isEmptyAt(this.#table, at)) return;
    this.#table.set(read, at);
    this.#filled += 1;
    if (this.#filled > (MOST_FILLED * this.#table.length) / WORDS) this.#grow();
  }

  #grow(): void {
    const before = this.#table;
    const table = new Uint32Array(2 * before.length);
    for (let from = 0; from < before.length; from += WORDS) {
      if (isEmptyAt(before, from)) continue;
      const at = find(table, before, from);
      for (let word = 0; word < WORDS; word += 1) table[at + word] = before[from + word] ?? 0;
    }
    this.#table = table;
  }
}
