import type { ReadModels } from '../../ports/read-models.js';
import { ALL, addTo, noSums, shownMoney, sumStretches, type FiguresOf, type Sums } from '../../projections/analytics/queries.js';
import { rangeBefore, stretchOf, type DateRange } from './ranges.js';

export const shownFigures = (sums: Sums) => ({ counts: sums.counts, money: [...shownMoney(sums)] });

export const shownRange = ({ dimension, key }: FiguresOf, { zone, from, to }: DateRange) => ({ of: { dimension, key: key === ALL ? null : key }, zone, from, to });

export const totalOf = (parts: readonly Sums[]): Sums => {
  const total = noSums();
  for (const part of parts) addTo(total, part);
  return total;
};

export const sumOfRange = async (readModels: ReadModels, of: FiguresOf, range: DateRange): Promise<Sums> => totalOf(await sumStretches(readModels, of, [stretchOf(range)]));

/** The range before, and its sums. */
export const sumOfPrevious = async (readModels: ReadModels, of: FiguresOf, range: DateRange): Promise<{ readonly range: DateRange; readonly sums: Sums }> => {
  const previous = rangeBefore(range);
  return { range: previous, sums: await sumOfRange(readModels, of, previous) };
};
