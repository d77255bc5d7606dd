import { invalidField } from './problem.js';
import { INSTANT, INSTANT_SENTENCE } from './text-schemas.js';

const ISO_TIME = new RegExp(INSTANT);

/**
 * Parses the ISO 8601 date or time until which something is good: UTC where it names no zone. A date is its whole day, so it ends
 * with the day's last millisecond; the first of the next day would show another date to a form that cuts the time off.
 */
export const endOf = (field: string, text: string): string => {
  const match = ISO_TIME.exec(text);
  const [, dayOfMonth, clock, , , zone] = match ?? [];
  const time = new Date(clock === undefined ? `${text}T23:59:59.999Z` : zone === undefined ? `${text}Z` : text);
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  if (match === null || Number.isNaN(time.getTime()) || day.getUTCDate() !== Number(dayOfMonth)) {
    throw invalidField(field, INSTANT_SENTENCE);
  }
  return time.toISOString();
};

/** Parses the date or time from which something counts: a date from its first millisecond. Throws as endOf does. */
export const startOf = (field: string, text: string): string => {
  const end = endOf(field, text);
  return text.includes('T') ? end : `${end.slice(0, 10)}T00:00:00.000Z`;
};
