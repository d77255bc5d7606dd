/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
const randomNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** That share of the items (0 to 1), chosen by the seed and in their order. */
export const sampleOf = <Item>(items: readonly Item[], share: number, seed: number): readonly Item[] => {
  const random = randomNumbers(seed);
  const drawn = items.map((item, index) => ({ item, index, draw: random() })).sort((a, b) => a.draw - b.draw);
  const chosen = drawn.slice(0, Math.ceil(items.length * share)).sort((a, b) => a.index - b.index);
  return chosen.map(({ item }) => item);
};
