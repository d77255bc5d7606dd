import { isWellFormed } from '../../primitives/well-formed.js';

/** For every JSON that a client sends: in a body or in a field of a form. No schema has half as many levels. */
export const MAX_JSON_LEVELS = 32;

const ESCAPED_SURROGATE = /\\ud[89a-f]/i;

const hasLevels = (value: unknown, most: number): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  return most > 0 && Object.values(value).every((item) => hasLevels(item, most - 1));
};

const MOST_ITEMS = 500;
const MOST_CHARACTERS = 50_000;

/** True for what can be looked through to its end: few items, little text. Stops as soon as it is not. */
export const isSmall = (value: unknown): boolean => {
  let items = 0;
  let characters = 0;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    items += 1;
    if (typeof next === 'string') characters += next.length;
    if (items > MOST_ITEMS || characters > MOST_CHARACTERS) return false;
    if (typeof next !== 'object' || next === null) continue;
    if (Array.isArray(next) && next.length > MOST_ITEMS) return false;
    for (const name in next) {
      left.push(name, Reflect.get(next, name));
      if (left.length > 2 * MOST_ITEMS) return false;
    }
  }
  return true;
};

/** Why JSON is refused before its schema is asked: the text as it was sent, and what was parsed of it. Undefined: it is not. */
export const refusalOfJson = (text: string, parsed: unknown): string | undefined => {
  if (!hasLevels(parsed, MAX_JSON_LEVELS)) return `must not be nested in more than ${MAX_JSON_LEVELS} levels`;
  return ESCAPED_SURROGATE.test(text) && !isWellFormed(parsed) ? 'must be Unicode: it has half of a character (a lone surrogate)' : undefined;
};
