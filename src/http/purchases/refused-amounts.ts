import type { Outcome } from '../../commands/outcome.js';
import type { RejectionDetails } from '../../domain/kernel/decider.js';
import { toNumber } from '../../domain/kernel/money.js';

const AMOUNTS = new Set(['amount', 'subtotal', 'discount', 'left', 'captured']);

const asNumbers = (details: RejectionDetails): RejectionDetails =>
  Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, AMOUNTS.has(name) && typeof value === 'string' ? toNumber(value) : value]),
  );

export const withNumbers = <Value, Rejection extends string>(outcome: Outcome<Value, Rejection>): Outcome<Value, Rejection> =>
  outcome.ok || outcome.details === undefined ? outcome : { ...outcome, details: asNumbers(outcome.details) };
