import type { Outcome } from '../../commands/outcome.js';
import { invalidField } from '../shared/problem.js';

/** A wrong password is the fault of that field, as the request calls it. */
export const blamePassword = <Value, Rejection extends string>(
  field: string,
  outcome: Outcome<Value, Rejection>,
): Outcome<Value, Rejection> => {
  if (!outcome.ok && outcome.rejection === 'wrong-password') throw invalidField(field, 'is not the current password');
  return outcome;
};
