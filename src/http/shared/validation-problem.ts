import { Problem, type FieldError } from './problem.js';

/** A field that its schema refuses, with the parts that a surface needs for its own sentence. */
export interface ValidationError extends FieldError {
  /** The violated keyword of JSON Schema, such as `required` or `minimum`. */
  readonly keyword: string;
  /** The keyword's parameters in Ajv: `{ limit: 1 }` of a minimum, `{ allowedValues }` of an enum. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Undefined where the field is missing. */
  readonly value: unknown;
}

export const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((outer, name) => (typeof outer === 'object' && outer !== null ? Reflect.get(outer, name) : undefined), value);

const MOST_NAMED = 10;
const MOST_BYTES = 4_000;
const LONGEST_FIELD = 100;
const LONGEST_MESSAGE = 400;

const shortened = (text: string, longest: number): string => (text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`);

/** As many of them as an answer names; names and values that a client sent may be long. */
const named = <Error extends FieldError>(errors: readonly Error[]): readonly Error[] => {
  let bytes = 0;
  return errors
    .slice(0, MOST_NAMED)
    .map((error) => ({ ...error, field: shortened(error.field, LONGEST_FIELD), message: shortened(error.message, LONGEST_MESSAGE) }))
    .filter(({ field, message }, index) => {
      bytes += Buffer.byteLength(JSON.stringify([field, message]));
      return index === 0 || bytes <= MOST_BYTES;
    });
};

/** A request that its schema refuses. Clients get fields and sentences only. */
export class ValidationProblem extends Problem {
  readonly invalid: readonly ValidationError[];

  constructor(found: readonly ValidationError[]) {
    const invalid = named(found);
    const errors = invalid.map(({ field, message }) => ({ field, message }));
    super(400, 'validation-failed', errors.map(({ field, message }) => `${field} ${message}`).join('; '), errors);
    this.invalid = invalid;
  }

  /**
   * Words the errors by `phrase`, which gives undefined for an error that adds nothing to another of its field, such as
   * each alternative of a union.
   */
  phrased(phrase: (error: ValidationError) => string | undefined): Problem {
    const errors = this.invalid.flatMap((error): FieldError[] => {
      const message = phrase(error);
      return message === undefined ? [] : [{ field: error.field, message }];
    });
    if (errors.length === 0) return this;
    const isFirst = ({ field, message }: FieldError, index: number): boolean =>
      errors.findIndex((other) => other.field === field && other.message === message) === index;
    const once = named(errors.filter(isFirst));
    return new Problem(this.status, this.code, once.map(({ field, message }) => `${field}: ${message}`).join(' '), once);
  }
}
