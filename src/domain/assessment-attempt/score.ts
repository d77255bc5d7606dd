import { Decimal } from 'decimal.js';
import type { Score } from './events.js';

/** Sums up answers; `null`: not graded. */
export const scoreOf = (points: readonly (number | null)[]): Score => ({
  awarded: points.reduce<number>((sum, one) => sum + (one ?? 0), 0),
  pending: points.filter((one) => one === null).length,
});

const PERCENT = 100;
const PLACES = 2;

/** Whether these points of that many are the passing grade (percent) or more. Nothing is rounded, or divided. */
export const isPassed = (awarded: number, points: number, passingGrade: string): boolean =>
  new Decimal(awarded).times(PERCENT).gte(new Decimal(passingGrade).times(points));

/** For people to read: "66.67". Half a hundredth is rounded up. */
export const percentageOf = (awarded: number, points: number): string =>
  points === 0 ? '0.00' : new Decimal(awarded).times(PERCENT).div(points).toFixed(PLACES, Decimal.ROUND_HALF_UP);
