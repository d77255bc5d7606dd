/** ISO 8601. Its groups are the day of the month, the time, seconds, their fraction and the zone. */
export const INSTANT = String.raw`^[0-9]{4}-[0-9]{2}-([0-9]{2})(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$`;
export const INSTANT_SENTENCE = 'must be a date or a time in ISO 8601, like 2026-12-31 (the whole day, in UTC) or 2026-12-31T18:00:00+01:00';

const ISO_TIME = new RegExp(INSTANT);

/**
 * The ISO 8601 date or time until which something is good: UTC where it names no zone. A date is its whole day, so it ends
 * with the day's last millisecond; the first of the next day would show another date to a form that cuts the time off.
 * Undefined: it is none, or a day that no calendar has.
 */
export const endOfInstant = (text: string): string | undefined => {
  const match = ISO_TIME.exec(text);
  const [, dayOfMonth, clock, , , zone] = match ?? [];
  const time = new Date(clock === undefined ? `${text}T23:59:59.999Z` : zone === undefined ? `${text}Z` : text);
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return match === null || Number.isNaN(time.getTime()) || day.getUTCDate() !== Number(dayOfMonth) ? undefined : time.toISOString();
};

/** The date or time from which something counts: a date from its first millisecond. Undefined as of endOfInstant. */
export const startOfInstant = (text: string): string | undefined => {
  const end = endOfInstant(text);
  return end === undefined || text.includes('T') ? end : `${end.slice(0, 10)}T00:00:00.000Z`;
};
