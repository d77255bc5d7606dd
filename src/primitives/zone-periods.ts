/** Calendars of time zones (IANA), in whole quarters of an hour: since 2012 no zone has an offset or a change that is not one. */

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** No clock is further from UTC. */
const FARTHEST_MS = 15 * HOUR_MS;

export type PeriodUnit = 'hour' | 'day' | 'week' | 'month';

export interface Period {
  /** UTC, ISO 8601; `to` is exclusive. */
  readonly from: string;
  readonly to: string;
  /** The beginning as the clocks of the zone show it: 2026-03-01T00:00:00+07:00 */
  readonly start: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATTERS = 700;

/** Undefined: no such zone. */
const formatterOf = (zone: string): Intl.DateTimeFormat | undefined => {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  try {
    const made = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    if (formatters.size < MOST_FORMATTERS) formatters.set(zone, made);
    return made;
  } catch {
    return undefined;
  }
};

export const isZone = (zone: string): boolean => formatterOf(zone) !== undefined;

/** What the clocks of a zone show at an instant, as if it were UTC. */
const localOf = (zone: string, instant: number): number => {
  const formatter = formatterOf(zone);
  if (formatter === undefined) throw new RangeError(`there is no time zone ${zone}`);
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

const offsetOf = (zone: string, instant: number): number => localOf(zone, instant) - instant;

const dateOf = (local: number): string => new Date(local).toISOString().slice(0, 10);

export const localDate = (zone: string, instant: number): string => dateOf(localOf(zone, instant));

export const plusDays = (date: string, days: number): string => dateOf(Date.parse(date) + days * DAY_MS);

export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** False: the calendar has no such day. */
export const isDate = (date: string): boolean => {
  const time = Date.parse(date);
  return !Number.isNaN(time) && dateOf(time) === date;
};

/** The first instant of a date. Where clocks skip midnight it is later; a date that is left out begins with the next one. */
export const startOfDate = (zone: string, date: string): number => {
  const midnight = Date.parse(date);
  const guess = midnight - offsetOf(zone, midnight - offsetOf(zone, midnight));
  if (localOf(zone, guess) === midnight && localOf(zone, guess - QUARTER_MS) < midnight) return guess;
  let [before, after] = [midnight - FARTHEST_MS, midnight + FARTHEST_MS];
  while (after - before > QUARTER_MS) {
    const middle = before + Math.floor((after - before) / (2 * QUARTER_MS)) * QUARTER_MS;
    if (localOf(zone, middle) < midnight) before = middle;
    else after = middle;
  }
  return after;
};

const withOffset = (zone: string, instant: number): string => {
  const local = localOf(zone, instant);
  const minutes = (local - instant) / MINUTE_MS;
  const size = Math.abs(minutes);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${new Date(local).toISOString().slice(0, 19)}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

/** An hour ends with the hour of the clock, or where the clock is changed. */
const nextHour = (zone: string, instant: number): number => {
  const offset = offsetOf(zone, instant);
  const end = instant + HOUR_MS - ((((instant + offset) % HOUR_MS) + HOUR_MS) % HOUR_MS);
  if (offsetOf(zone, end) === offset) return end;
  for (let quarter = instant + QUARTER_MS; quarter < end; quarter += QUARTER_MS) if (offsetOf(zone, quarter) !== offset) return quarter;
  return end;
};

const MONDAY = 1;
const nextDate = (date: string, unit: Exclude<PeriodUnit, 'hour'>): string => {
  if (unit === 'day') return plusDays(date, 1);
  const day = new Date(date);
  if (unit === 'week') return plusDays(date, 7 - ((day.getUTCDay() - MONDAY + 7) % 7));
  return dateOf(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1));
};

function* boundaries(zone: string, unit: PeriodUnit, first: string, last: string): Generator<number> {
  const end = plusDays(last, 1);
  const [from, to] = [startOfDate(zone, first), startOfDate(zone, end)];
  yield from;
  if (unit === 'hour') for (let hour = nextHour(zone, from); hour < to; hour = nextHour(zone, hour)) yield hour;
  else for (let date = nextDate(first, unit); date < end; date = nextDate(date, unit)) yield startOfDate(zone, date);
  yield to;
}

/**
 * The periods from one date to another, inclusive, one after another without gaps. Weeks begin on Mondays; the first and the last week
 * or month are cut where the dates say so. Undefined: there would be more than `most`.
 */
export const periodsOf = (zone: string, unit: PeriodUnit, first: string, last: string, most: number): readonly Period[] | undefined => {
  const periods: Period[] = [];
  let from: number | undefined;
  for (const boundary of boundaries(zone, unit, first, last)) {
    // A date that a zone left out has no hours.
    if (from !== undefined && boundary > from) periods.push({ from: new Date(from).toISOString(), to: new Date(boundary).toISOString(), start: withOffset(zone, from) });
    if (periods.length > most) return undefined;
    from = boundary;
  }
  return periods;
};
