const rankOf = (value: unknown): number => {
  if (value === EMPTY_ARRAY) return 0;
  if (value === null || value === undefined) return 1;
  if (typeof value === 'number') return 2;
  if (typeof value === 'string') return 3;
  return typeof value === 'boolean' ? 5 : 4;
};

/** Stands for an array without elements, which MongoDB sorts before null. */
export const EMPTY_ARRAY = Symbol('empty array');

// UTF-16 puts surrogates before U+E000; UTF-8 (the order of index keys, and MongoDB's) puts them after U+FFFF.
const codePointRank = (unit: number): number => {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
};

/** Compares by code point, which is the order of the UTF-8 bytes. */
export const compareStrings = (left: string, right: string): number => {
  if (left === right) return 0;
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i += 1) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) return codePointRank(a) - codePointRank(b);
  }
  return left.length - right.length;
};

export const sameType = (left: unknown, right: unknown): boolean => rankOf(left) === rankOf(right);

/** The order of sorting and of indexes. Objects are all equal: no sorted field holds one. */
export const compareValues = (left: unknown, right: unknown): number => {
  const ranks = rankOf(left) - rankOf(right);
  if (ranks !== 0) return ranks;
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return Number(left === true) - Number(right === true);
};
