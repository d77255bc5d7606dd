import type { ValidationError } from '../shared/validation-problem.js';

/** `courseId` is "Course ID", `members.0.email` is "Email". */
const labelOf = (field: string): string => {
  const words = (field.split('.').at(-1) ?? field).replaceAll(/([a-z])([A-Z])/g, '$1 $2').replace(/\bId\b/, 'ID').replace(/\bUrl\b/, 'URL');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const ofType: Readonly<Record<string, string>> = {
  array: 'must be a list',
  boolean: 'must be true or false',
  integer: 'must be a whole number',
  number: 'must be a number',
  object: 'must be an object',
  string: 'must be text',
};

const ofFormat: Readonly<Record<string, string>> = {
  date: 'must be a date like 2025-05-14',
  email: 'must be a valid e-mail address',
  uri: 'must be a valid URL',
  uuid: 'must be a valid UUID',
  'uncommon-password': 'is one of the most common passwords, which are tried first: choose another one',
};

const limits: Readonly<Record<string, (limit: string) => string>> = {
  maximum: (limit) => `must be at most ${limit}`,
  maxLength: (limit) => `must be at most ${limit} characters`,
  minimum: (limit) => `must be at least ${limit}`,
  minLength: (limit) => `must be at least ${limit} characters`,
  maxItems: (limit) => `must have at most ${limit} items`,
  minItems: (limit) => `must have at least ${limit} items`,
};

/** Validation errors as the document has them: "Title must be at least 5 characters". */
export const academyPhrase = ({ field, keyword, params, value, message }: ValidationError): string | undefined => {
  const label = labelOf(field);
  if (keyword === 'required') return `${label} is required`;
  if (keyword === 'anyOf' || params['type'] === 'null') return undefined;
  if (value === null) return `${label} must not be null`;
  if (keyword === 'enum' && Array.isArray(params['allowedValues'])) return `${label} must be one of: ${params['allowedValues'].join(', ')}`;
  if (keyword === 'type') return `${label} ${ofType[String(params['type'])] ?? message}`;
  if (keyword === 'format') return `${label} ${ofFormat[String(params['format'])] ?? 'is not valid'}`;
  return `${label} ${limits[keyword]?.(String(params['limit'])) ?? message}`;
};
