import type { BenchRow } from './bench-row.js';
import { load } from './load.js';
import { medianOf } from './median.js';

export const CONNECTIONS = 50;
const WARM_UP_MS = 3_000;
const ROUND_MS = 1_500;
/** Baseline and program take turns, so that a noisy neighbour hits both. */
const ROUNDS = 9;

export interface Side {
  readonly url: string;
  /** The next request, to the last byte. */
  readonly request: () => string;
}

export interface ComparedLoads {
  readonly name: string;
  readonly target: number;
  readonly baseline: Side;
  readonly measured: Side;
}

/** Answers a second of both sides, over as many connections each. */
export const compareLoads = async ({ name, target, ...sides }: ComparedLoads): Promise<BenchRow> => {
  const rateOf = (side: Side, milliseconds: number): Promise<number> => load({ ...side, connections: CONNECTIONS, milliseconds });
  for (const side of [sides.baseline, sides.measured]) await rateOf(side, WARM_UP_MS);
  const rounds: { readonly baseline: number; readonly measured: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const baseline = await rateOf(sides.baseline, ROUND_MS);
    rounds.push({ baseline, measured: await rateOf(sides.measured, ROUND_MS) });
  }
  return {
    name,
    measured: medianOf(rounds.map((round) => round.measured)),
    baseline: medianOf(rounds.map((round) => round.baseline)),
    unit: '1/s',
    ratio: medianOf(rounds.map((round) => round.measured / round.baseline)),
    target,
  };
};
