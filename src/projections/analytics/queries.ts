import type { Filter, ReadModels } from '../../ports/read-models.js';
import { chunksOf } from '../kernel/slice.js';
import { figureCoupons, figureCourses, figureDays, type Dimension, type FigureCourse, type FigureDay } from './document.js';
import { addTo, noSums, sumOfPart, type Sums } from './sums.js';

export { ALL, AMOUNTS, COUNTS, DIMENSIONS, type AmountName, type CountName, type Dimension, type FigureDay } from './document.js';
export { addTo, noSums, shownMoney, sumOfPart, type ShownMoney, type Sums } from './sums.js';

/** From one quarter of an hour to another, exclusive. */
export interface Stretch {
  /** UTC, ISO 8601. */
  readonly from: string;
  readonly to: string;
}

export interface FiguresOf {
  readonly dimension: Dimension;
  readonly key: string;
}

const DAY_MS = 86_400_000;
const CHUNK = 500;

const dayOf = (at: string): string => at.slice(0, 10);
const timeOf = (at: string): string => at.slice(11, 16);
const nextDay = (day: string): string => dayOf(new Date(Date.parse(day) + DAY_MS).toISOString());

/** What one day has of a stretch. */
const ofStretch = (day: FigureDay, { from, to }: Stretch): Sums =>
  sumOfPart(day, day.day === dayOf(from) ? timeOf(from) : undefined, day.day === dayOf(to) ? timeOf(to) : undefined);

/** The days (UTC) that a stretch touches. */
const daysOf = ({ from, to }: Stretch): readonly string[] => {
  const days: string[] = [];
  for (let day = dayOf(from); `${day}T00:00` < to.slice(0, 16); day = nextDay(day)) days.push(day);
  return days;
};

const between = ({ from, to }: Stretch): Filter => ({ day: { $gte: dayOf(from), $lte: dayOf(to) } });

interface Remembered {
  readonly days: readonly FigureDay[];
  readonly sums: readonly Sums[];
}
const MOST_KEYS = 100;
/** By the stretches, which a caller keeps, and the key. Good while the read models give the same documents: they never change one in place. */
const remembered = new WeakMap<readonly Stretch[], Map<string, Remembered>>();

const isSame = (some: readonly FigureDay[], others: readonly FigureDay[]): boolean => some.length === others.length && some.every((day, index) => day === others[index]);

/** The sums of stretches that follow one another, in their order. The same array is given again while nothing changed, and is not to be changed. */
export const sumStretches = async (readModels: ReadModels, { dimension, key }: FiguresOf, stretches: readonly Stretch[]): Promise<readonly Sums[]> => {
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (first === undefined || last === undefined) return [];
  const days: FigureDay[] = [];
  const filter = { dimension, key, ...between({ from: first.from, to: last.to }) };
  for await (const chunk of chunksOf(readModels, figureDays, { filter, sort: { day: 1 } }, { size: CHUNK })) days.push(...chunk);
  const name = `${dimension}/${key}`;
  const known = remembered.get(stretches) ?? new Map<string, Remembered>();
  const before = known.get(name);
  if (before !== undefined && isSame(before.days, days)) return before.sums;
  const sums = sumDays(days, stretches);
  if (known.size >= MOST_KEYS) known.clear();
  remembered.set(stretches, known.set(name, { days, sums }));
  return sums;
};

const sumDays = (days: readonly FigureDay[], stretches: readonly Stretch[]): readonly Sums[] => {
  const byName = new Map(days.map((day) => [day.day, day]));
  return stretches.map((stretch) => {
    const sums = noSums();
    for (const name of daysOf(stretch)) {
      const day = byName.get(name);
      if (day !== undefined) addTo(sums, ofStretch(day, stretch));
    }
    return sums;
  });
};

export interface Within {
  readonly instructorId?: string;
  readonly organizationId?: string;
}

/** A list would read more days than is allowed. */
export class TooManyDays extends Error {
  override readonly name = 'TooManyDays';
}

/** The sums of each key of a dimension. `within`: courses of an instructor or an organization alone. Rejects with TooManyDays. */
export const sumByKey = async (readModels: ReadModels, dimension: Dimension, within: Within, stretch: Stretch, mostDays: number): Promise<ReadonlyMap<string, Sums>> => {
  const sums = new Map<string, Sums>();
  let read = 0;
  const filter: Filter = { dimension, ...within, ...between(stretch) };
  for await (const chunk of chunksOf(readModels, figureDays, { filter, sort: { day: 1 } }, { size: CHUNK })) {
    read += chunk.length;
    if (read > mostDays) throw new TooManyDays();
    for (const day of chunk) {
      const known = sums.get(day.key) ?? noSums();
      sums.set(day.key, known);
      addTo(known, ofStretch(day, stretch));
    }
  }
  return sums;
};

/** Whose a course is; undefined: there is none. */
export const figureCourse = (readModels: ReadModels, courseId: string): Promise<FigureCourse | undefined> => readModels.get(figureCourses, courseId);

/** Who issued a coupon; undefined: there is none. `code`: trimmed, upper case. */
export const couponIssuer = async (readModels: ReadModels, code: string): Promise<string | undefined> => (await readModels.get(figureCoupons, code))?.issuedBy;
