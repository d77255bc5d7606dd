import { INSTANT } from '../../primitives/instants.js';
import { endOf } from '../shared/instants.js';
import { invalidField, Problem } from '../shared/problem.js';
import { patternPhrase } from './fields.js';

/** The moment that a DateTimeField names, in UTC. Throws 400 for a day that no calendar has. */
export const momentOf = (field: string, sent: string): string => {
  try {
    return endOf(field, sent);
  } catch (error) {
    throw error instanceof Problem ? invalidField(field, patternPhrase(INSTANT, undefined)) : error;
  }
};
