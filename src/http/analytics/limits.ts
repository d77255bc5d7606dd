import type { AreaLimit } from '../plugins/route-limits.js';

/** Figures are read by pages that draw several charts at once. */
export const figureReading: AreaLimit = { name: 'figure reading', max: 600, windowMs: 60_000, counts: 'all' };

/** Of one series. */
export const MOST_POINTS = 1_000;
/** Documents, each a day of a key, that one list reads. */
export const MOST_DAYS_READ = 50_000;
