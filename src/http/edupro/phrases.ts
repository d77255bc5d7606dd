import { BLANK_TEXT, patternPhrase } from './fields.js';
import type { ValidationError } from '../shared/validation-problem.js';

const ofType: Readonly<Record<string, string>> = {
  array: 'Expected a list of items.',
  boolean: 'Must be a valid boolean.',
  integer: 'A valid integer is required.',
  number: 'A valid number is required.',
  object: 'Invalid data. Expected a dictionary.',
  string: 'Not a valid string.',
};

const ofFormat: Readonly<Record<string, string>> = {
  date: 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.',
  email: 'Enter a valid email address.',
  uri: 'Enter a valid URL.',
  uuid: 'Must be a valid UUID.',
  'uncommon-password': 'This password is too common.',
};

const limits: Readonly<Record<string, (limit: string) => string>> = {
  maximum: (limit) => `Ensure this value is less than or equal to ${limit}.`,
  maxLength: (limit) => `Ensure this field has no more than ${limit} characters.`,
  minimum: (limit) => `Ensure this value is greater than or equal to ${limit}.`,
  minLength: (limit) => `Ensure this field has at least ${limit} characters.`,
  maxItems: (limit) => `Ensure this field has no more than ${limit} elements.`,
  minItems: (limit) => `Ensure this field has at least ${limit} elements.`,
};

/** Validation errors in the sentences of Django REST framework. */
export const djangoPhrase = ({ keyword, params, value, message }: ValidationError): string | undefined => {
  if (keyword === 'required') return 'This field is required.';
  if (value === null) return 'This field may not be null.';
  if (value === '' && params['type'] === undefined) return BLANK_TEXT;
  if (keyword === 'anyOf' || params['type'] === 'null') return undefined;
  if (keyword === 'enum' || keyword === 'const') return `"${String(value)}" is not a valid choice.`;
  if (keyword === 'type') return ofType[String(params['type'])] ?? message;
  if (keyword === 'format') return ofFormat[String(params['format'])] ?? 'Enter a valid value.';
  if (keyword === 'pattern') return patternPhrase(String(params['pattern']), value);
  return limits[keyword]?.(String(params['limit'])) ?? message;
};
