import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { refusalOfJson } from '../shared/json-shape.js';
import { invalidField } from '../shared/problem.js';
import { patternSentences } from '../shared/text-schemas.js';
import { ValidationProblem, valueAt, type ValidationError } from '../shared/validation-problem.js';

const parsed = (field: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidField(field, 'must be valid JSON');
  }
};

export const readJson = (field: string, text: string): unknown => {
  const value = parsed(field, text);
  const refusal = refusalOfJson(text, value);
  if (refusal !== undefined) throw invalidField(field, refusal);
  return value;
};

/** Reads the JSON in a field of a form by its schema. Errors name the field and the path in its JSON. */
export const jsonReader = <Schema extends TSchema>(field: string, schema: Schema) => {
  const validator = Compile(schema);
  return (text: string): Static<Schema> => {
    const value = readJson(field, text);
    if (validator.Check(value)) return value;
    const errors = validator.Errors(value).flatMap((error): ValidationError[] => {
      const path = error.instancePath.split('/').slice(1);
      const at = [field, ...path].join('.');
      const { keyword } = error;
      const message = (error.keyword === 'pattern' ? patternSentences[String(error.params.pattern)] : undefined) ?? error.message;
      if (error.keyword !== 'required') return [{ field: at, message, keyword, params: { ...error.params }, value: valueAt(value, path) }];
      const missing = { message: 'is required', keyword, value: undefined };
      return error.params.requiredProperties.map((name) => ({ ...missing, field: `${at}.${name}`, params: { missingProperty: name } }));
    });
    throw new ValidationProblem(errors);
  };
};
