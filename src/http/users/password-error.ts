import type { Outcome } from '../../commands/outcome.js';
import { invalidField } from '../shared/problem.js';

/** A wrong password is an error of that field of the request. */
export const passwordError =
  (field: string) =>
  <Value, Rejection extends string>(outcome: Outcome<Value, Rejection>): Outcome<Value, Rejection> => {
    if (!outcome.ok && outcome.rejection === 'wrong-password') throw invalidField(field, 'is not the current password');
    return outcome;
  };
