import type { RejectionDetails } from '../../domain/kernel/decider.js';
import { toNumber } from '../../domain/kernel/money.js';

const AMOUNTS = new Set(['amount', 'subtotal', 'discount', 'left', 'captured', 'price']);

/** Amounts of a refusal as answers have them everywhere else: as numbers. */
export const withNumbers = (details: RejectionDetails): RejectionDetails =>
  Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, AMOUNTS.has(name) && typeof value === 'string' ? toNumber(value) : value]),
  );
