import { createHash } from 'node:crypto';
import { isWellFormed, LONE_SURROGATE } from './well-formed.js';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const printedFields = (fields: Fields): string => {
  let text = '{';
  // Without a rule of our own names are sorted by UTF-16 code units.
  for (const name of Object.keys(fields).sort()) {
    const field = fields[name];
    if (field !== undefined) text += `${text === '{' ? '' : ','}${JSON.stringify(name)}:${printed(field)}`;
  }
  return `${text}}`;
};

const printed = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON`);
  if (Array.isArray(value)) return `[${value.map(printed).join(',')}]`;
  return isFields(value) ? printedFields(value) : (JSON.stringify(value) ?? 'null');
};

/** The same for what builds before 2026-11-26 hashed: a lone surrogate prints as its escape. Only for checking their hashes. */
export const canonicalJsonOfAnyText = (value: unknown): string => printed(value);

/**
 * JSON in the canonical form of RFC 8785: the same value always prints the same, so that an auditor's tool finds the same
 * hash. Absent fields are left out. Throws a TypeError for what JSON can't say (NaN, lone surrogates).
 */
export const canonicalJson = (value: unknown): string => {
  const text = printed(value);
  if (text.includes(LONE_SURROGATE) && !isWellFormed(value)) throw new TypeError('a string with a lone surrogate has no canonical JSON');
  return text;
};

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256 of the canonical JSON, in hex. */
export const digest = (value: unknown): string => sha256(canonicalJson(value));
