import { shownInstant } from './instant.js';

const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** Milliseconds by which the clocks of the zone are ahead of UTC at that moment. */
const aheadAt = (at: number, zone: string): number => Date.parse(`${shownInstant(new Date(at).toISOString(), zone).replace(' ', 'T')}Z`) - Math.floor(at / 1_000) * 1_000;

/** When a day begins in the zone, in UTC. Where clocks are changed at midnight, the later of both answers. */
const startOfDay = (date: string, zone: string): number => {
  const asUtc = Date.parse(date);
  const guess = asUtc - aheadAt(asUtc, zone);
  return asUtc - aheadAt(guess, zone);
};

/** The first moment of a day of the zone; undefined: it is no date. */
export const firstOf = (date: string, zone: string): string | undefined => (DATE.test(date) && !Number.isNaN(Date.parse(date)) ? new Date(startOfDay(date, zone)).toISOString() : undefined);

/** Its last millisecond. */
export const lastOf = (date: string, zone: string): string | undefined => {
  if (!DATE.test(date) || Number.isNaN(Date.parse(date))) return undefined;
  const next = new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);
  return new Date(startOfDay(next, zone) - 1).toISOString();
};
