import { hash } from 'node:crypto';

/** Whether the fields stand in the order of RFC 8785, which is that of an export. */
const isSorted = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let before = '';
  for (const [name, field] of Object.entries(value)) {
    if (name < before || !isSorted(field)) return false;
    before = name;
  }
  return true;
};

const sorted = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${sorted(field)}`).join(',')}}`;
};

/**
 * The JSON of RFC 8785 of a value that was parsed: JavaScript prints texts and numbers so, and only the order of fields is left.
 * A lone surrogate prints as its escape, so that events of old builds can be looked at.
 */
export const canonical = (value: unknown): string => (isSorted(value) ? JSON.stringify(value) : sorted(value));

/** Of bytes, or of the UTF-8 of a text. Node gives a text in half the time of a buffer. */
export const sha256 = (content: string | Uint8Array): Buffer => Buffer.from(hash('sha256', content, 'binary'), 'binary');

export const sha256Hex = (content: string): string => hash('sha256', content, 'hex');
