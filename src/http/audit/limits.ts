import type { AreaLimit } from '../plugins/route-limits.js';

const MINUTE_MS = 60_000;

/** Reads that fold streams or walk through causes: together, for each account. */
export const auditReading: AreaLimit = { name: 'audit reading', max: 300, windowMs: MINUTE_MS, counts: 'all' };
/** Exports, each of which may read the whole log. */
export const auditExporting: AreaLimit = { name: 'audit exporting', max: 10, windowMs: MINUTE_MS, counts: 'all' };
