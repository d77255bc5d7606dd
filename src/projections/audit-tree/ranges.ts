/** Leaves from `from` to `to`, without it. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** A complete subtree: the one in that place among those of 2^level leaves. */
export interface Subtree {
  readonly level: number;
  readonly place: number;
}

const levelBelow = (count: number): number => {
  let level = 0;
  while (2 ** (level + 1) < count) level += 1;
  return level;
};

/** The complete subtrees of a stretch that begins where a subtree of its size may begin, the greatest first. */
export const subtreesOf = ({ from, to }: LeafRange): readonly Subtree[] => {
  const subtrees: Subtree[] = [];
  for (let at = from; at < to; ) {
    let level = 0;
    while (2 ** (level + 1) <= to - at) level += 1;
    subtrees.push({ level, place: at / 2 ** level });
    at += 2 ** level;
  }
  return subtrees;
};

/** RFC 9162, 2.1.3.1: the stretches whose roots are the path of a leaf, from the leaf up. */
export const inclusionRanges = (index: number, size: number): readonly LeafRange[] => {
  const path: LeafRange[] = [];
  for (let range: LeafRange = { from: 0, to: size }; range.to - range.from > 1; ) {
    const middle = range.from + 2 ** levelBelow(range.to - range.from);
    const [inside, beside] = index < middle ? [{ ...range, to: middle }, { ...range, from: middle }] : [{ ...range, from: middle }, { ...range, to: middle }];
    path.unshift(beside);
    range = inside;
  }
  return path;
};

/** RFC 9162, 2.1.4.1: the stretches whose roots prove that the first `size` leaves are the beginning of `to` leaves. */
export const consistencyRanges = (size: number, to: number): readonly LeafRange[] => {
  if (size === 0 || size === to) return [];
  const path: LeafRange[] = [];
  let range: LeafRange = { from: 0, to };
  let isWhole = true;
  while (range.to !== size) {
    const middle = range.from + 2 ** levelBelow(range.to - range.from);
    if (size <= middle) {
      path.unshift({ from: middle, to: range.to });
      range = { from: range.from, to: middle };
    } else {
      path.unshift({ from: range.from, to: middle });
      range = { from: middle, to: range.to };
      isWhole = false;
    }
  }
  return isWhole ? path : [range, ...path];
};
