import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { invalidField, Problem, type FieldError } from '../shared/problem.js';
import { FullName, Phone } from '../users/schemas.js';

/** The JSON that a field of a form holds. */
export const readJson = (field: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidField(field, 'must be valid JSON');
  }
};

/** What is wrong is named by the field and the place in its JSON. */
const jsonReader = <Schema extends TSchema>(field: string, schema: Schema) => {
  const validator = Compile(schema);
  return (text: string): Static<Schema> => {
    const value = readJson(field, text);
    if (validator.Check(value)) return value;
    const errors = validator.Errors(value).flatMap((error): FieldError[] => {
      const path = [field, ...error.instancePath.split('/').slice(1)].join('.');
      if (error.keyword !== 'required') return [{ field: path, message: error.message }];
      return error.params.requiredProperties.map((name) => ({ field: `${path}.${name}`, message: 'is required' }));
    });
    throw new Problem(400, 'validation-failed', errors.map((error) => `${error.field} ${error.message}`).join('; '), errors);
  };
};

export const readFullName = jsonReader('fullname', FullName);
export const readPhone = jsonReader('phone', Phone);
