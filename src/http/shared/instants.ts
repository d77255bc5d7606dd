import { invalidField } from './problem.js';

const ISO_TIME = /^\d{4}-\d\d-(\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Parses an ISO 8601 date or time, UTC where it names no zone. */
export const instantOf = (field: string, text: string): string => {
  const match = ISO_TIME.exec(text);
  const zoned = match !== null && match[2] !== undefined && match[5] === undefined ? `${text}Z` : text;
  const time = new Date(zoned);
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  if (match === null || Number.isNaN(time.getTime()) || day.getUTCDate() !== Number(match[1])) {
    throw invalidField(field, 'must be a date and time in ISO 8601, like 2026-12-31T23:59:59Z');
  }
  return time.toISOString();
};
