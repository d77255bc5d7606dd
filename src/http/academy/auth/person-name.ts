import { invalidField } from '../../shared/problem.js';
import { FilledLine } from '../../shared/text-schemas.js';

const SHORTEST = 2;

export const PersonName = FilledLine({ minLength: SHORTEST, maxLength: 100 });

/** Blanks around a name are no characters of it. */
export const parseName = (typed: string): string => {
  const name = typed.trim();
  if (name.length < SHORTEST) throw invalidField('name', `Name must be at least ${SHORTEST} characters`);
  return name;
};
