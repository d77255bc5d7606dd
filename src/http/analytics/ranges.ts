import { RecentlyUsed } from '../../primitives/recently-used.js';
import { daysBetween, isDate, isZone, localDate, periodsOf, plusDays, startOfDate, type Period, type PeriodUnit } from '../../primitives/zone-periods.js';
import type { Stretch } from '../../projections/analytics/queries.js';
import { invalidField } from '../shared/problem.js';
import { MOST_POINTS } from './limits.js';

export interface AskedRange {
  readonly zone?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface DateRange {
  readonly zone: string;
  /** Local dates, both included. */
  readonly from: string;
  readonly to: string;
}

const DEFAULT_DAYS = 30;
/** Before 2012 a zone changed its clocks between quarters of an hour. */
const FIRST_DATE = '2012-01-01';
const LAST_DATE = '2099-12-31';
const MOST_DAYS = 3_700;

const dateIn = (field: 'from' | 'to', date: string): string => {
  if (!isDate(date)) throw invalidField(field, 'must be a day of the calendar, like 2026-12-31');
  if (date < FIRST_DATE || date > LAST_DATE) throw invalidField(field, `must be between ${FIRST_DATE} and ${LAST_DATE}`);
  return date;
};

/** Throws a 400 that names the field. `now`: milliseconds. */
export const rangeOf = ({ zone = 'UTC', from, to }: AskedRange, now: number): DateRange => {
  if (!isZone(zone)) throw invalidField('zone', 'must be an IANA time zone, like Asia/Jakarta');
  const last = to === undefined ? localDate(zone, now) : dateIn('to', to);
  const first = from === undefined ? plusDays(last, 1 - DEFAULT_DAYS) : dateIn('from', from);
  if (first > last) throw invalidField('to', 'must not be before from');
  if (daysBetween(first, last) >= MOST_DAYS) throw invalidField('from', `must be at most ${MOST_DAYS} days before to`);
  return { zone, from: first, to: last };
};

export const stretchOf = ({ zone, from, to }: DateRange): Stretch => ({
  from: new Date(startOfDate(zone, from)).toISOString(),
  to: new Date(startOfDate(zone, plusDays(to, 1))).toISOString(),
});

/** As many days right before. */
export const rangeBefore = ({ zone, from, to }: DateRange): DateRange => ({ zone, from: plusDays(from, -daysBetween(from, to) - 1), to: plusDays(from, -1) });

// The same charts are asked for again and again, and a year of days asks the calendar a thousand times.
const known = new RecentlyUsed<readonly Period[]>(200);

/** Throws a 400 where there are too many. */
export const pointsOf = ({ zone, from, to }: DateRange, unit: PeriodUnit): readonly Period[] => {
  const name = `${zone} ${unit} ${from} ${to}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const periods = periodsOf(zone, unit, from, to, MOST_POINTS);
  if (periods === undefined) throw invalidField('from', `must be so near to the last day that there are at most ${MOST_POINTS} points; or take a longer unit`);
  known.set(name, periods);
  return periods;
};
