import { readFileSync, statSync } from 'node:fs';
import type { Texts } from './value-problems.js';

const MOST_BYTES = 65_536;

export interface ReadValues {
  readonly texts: Texts;
  readonly problems: readonly string[];
}

const reasonOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'it is no text');

/** The text of a file, without the line break at its end. */
const textOf = (path: string): string => {
  // A device or a pipe could be read for ever.
  const file = statSync(path);
  if (!file.isFile() || file.size > MOST_BYTES) throw Object.assign(new Error(path), { code: file.isFile() ? 'it is too large' : 'it is no file' });
  return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)).replace(/\r?\n$/, '');
};

/** The names whose value stands in a file: NAME_FILE names it. Empty variables count as unset, and no problem repeats a value. */
export const readValueFiles = (names: readonly string[], variables: Texts): ReadValues => {
  const texts: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of names) {
    const value = variables[name] ?? '';
    const path = variables[`${name}_FILE`] ?? '';
    if (value !== '') texts[name] = value;
    if (path === '') continue;
    if (value !== '') {
      problems.push(`${name} and ${name}_FILE are both set: set one of them`);
      continue;
    }
    try {
      const text = textOf(path);
      if (text === '') problems.push(`${name}_FILE names a file that is empty`);
      else texts[name] = text;
    } catch (error) {
      problems.push(`${name}_FILE names a file that can't be read (${reasonOf(error)})`);
    }
  }
  return { texts, problems };
};
