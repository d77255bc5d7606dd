import { createHash } from 'node:crypto';

type PrintText = (value: string) => string;

const wholeText: PrintText = (value) => {
  if (!value.isWellFormed()) throw new TypeError('a string with a lone surrogate has no canonical JSON');
  return JSON.stringify(value);
};

const printed = (value: unknown, text: PrintText): string => {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item) => printed(item, text)).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${text(name)}:${printed(field, text)}`);
  return `{${fields.join(',')}}`;
};

/**
 * JSON in the canonical form of RFC 8785: the same value always prints the same, so that an auditor's tool finds the same
 * hash. Absent fields are left out. Throws a TypeError for what JSON can't say (NaN, lone surrogates).
 */
export const canonicalJson = (value: unknown): string => printed(value, wholeText);

/** The same for what builds before 2026-11-26 hashed: a lone surrogate prints as its escape. Only for checking their hashes. */
export const canonicalJsonOfAnyText = (value: unknown): string => printed(value, (text) => JSON.stringify(text));

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256 of the canonical JSON, in hex. */
export const digest = (value: unknown): string => sha256(canonicalJson(value));
