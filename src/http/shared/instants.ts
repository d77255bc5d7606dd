import { endOfInstant, INSTANT_SENTENCE, startOfInstant } from '../../primitives/instants.js';
import { invalidField } from './problem.js';

/** The moment until which something is good, in UTC. Throws 400 for a text that is no date or time, and for a day that no calendar has. */
export const endOf = (field: string, text: string): string => {
  const end = endOfInstant(text);
  if (end === undefined) throw invalidField(field, INSTANT_SENTENCE);
  return end;
};

/** The moment from which something counts, in UTC. Throws as endOf does. */
export const startOf = (field: string, text: string): string => {
  const start = startOfInstant(text);
  if (start === undefined) throw invalidField(field, INSTANT_SENTENCE);
  return start;
};
