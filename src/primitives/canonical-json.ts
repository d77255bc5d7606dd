import { createHash } from 'node:crypto';

const text = (value: string): string => {
  if (!value.isWellFormed()) throw new TypeError('a string with a lone surrogate has no canonical JSON');
  return JSON.stringify(value);
};

/**
 * JSON in the canonical form of RFC 8785: the same value always prints the same, so that an auditor's tool finds the same
 * hash. Absent fields are left out. Throws a TypeError for what JSON can't say (NaN, lone surrogates).
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${text(name)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
};

/** SHA-256 of the canonical JSON, in hex. */
export const digest = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
