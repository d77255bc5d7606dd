import { isWellFormed } from '../../primitives/well-formed.js';

/** For every JSON that a client sends: in a body or in a field of a form. No schema has half as many levels. */
export const MAX_JSON_LEVELS = 32;

const ESCAPED_SURROGATE = /\\ud[89a-f]/i;

const hasLevels = (value: unknown, most: number): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  return most > 0 && Object.values(value).every((item) => hasLevels(item, most - 1));
};

/** Why JSON is refused before its schema is asked: the text as it was sent, and what was parsed of it. Undefined: it is not. */
export const refusalOfJson = (text: string, parsed: unknown): string | undefined => {
  if (!hasLevels(parsed, MAX_JSON_LEVELS)) return `must not be nested in more than ${MAX_JSON_LEVELS} levels`;
  return ESCAPED_SURROGATE.test(text) && !isWellFormed(parsed) ? 'must be Unicode: it has half of a character (a lone surrogate)' : undefined;
};
