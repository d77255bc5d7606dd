import type { AreaLimit } from '../plugins/route-limits.js';

const MINUTE_MS = 60_000;

/** What operators see and do, together, for each account: a page that looks again each second stays below it. */
export const operatingLimit: AreaLimit = { name: 'operating', max: 600, windowMs: MINUTE_MS, counts: 'all' };
