import { Problem, type FieldError } from './problem.js';

/** What a schema finds wrong with one field, with what a surface needs to say it in its own sentences. */
export interface ValidationError extends FieldError {
  /** The keyword of JSON Schema that is not kept, such as `required` or `minimum`. */
  readonly keyword: string;
  /** What the keyword asks for, as Ajv names it: `{ limit: 1 }` of a minimum, `{ allowedValues }` of an enum. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What was sent; undefined where the field is missing. */
  readonly value: unknown;
}

/** What lies at a path of a JSON value; undefined where nothing does. */
export const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((outer, name) => (typeof outer === 'object' && outer !== null ? Reflect.get(outer, name) : undefined), value);

/** A request that its schema refuses. Clients are told fields and sentences only. */
export class ValidationProblem extends Problem {
  constructor(readonly invalid: readonly ValidationError[]) {
    const errors = invalid.map(({ field, message }) => ({ field, message }));
    super(400, 'validation-failed', errors.map(({ field, message }) => `${field} ${message}`).join('; '), errors);
  }

  /**
   * The same in other sentences, each of them once per field. `phrase` gives undefined for an error that says nothing
   * more than another one of its field, such as each alternative of a union.
   */
  phrased(phrase: (error: ValidationError) => string | undefined): Problem {
    const errors = this.invalid.flatMap((error): FieldError[] => {
      const message = phrase(error);
      return message === undefined ? [] : [{ field: error.field, message }];
    });
    if (errors.length === 0) return this;
    const isFirst = ({ field, message }: FieldError, index: number): boolean =>
      errors.findIndex((other) => other.field === field && other.message === message) === index;
    const once = errors.filter(isFirst);
    return new Problem(this.status, this.code, once.map(({ field, message }) => `${field}: ${message}`).join(' '), once);
  }
}
