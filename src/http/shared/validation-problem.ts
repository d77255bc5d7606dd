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

/** A request that its schema refuses. Clients get fields and sentences only. */
export class ValidationProblem extends Problem {
  constructor(readonly invalid: readonly ValidationError[]) {
    const errors = invalid.map(({ field, message }) => ({ field, message }));
    super(400, 'validation-failed', errors.map(({ field, message }) => `${field} ${message}`).join('; '), errors);
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
    const once = errors.filter(isFirst);
    return new Problem(this.status, this.code, once.map(({ field, message }) => `${field}: ${message}`).join(' '), once);
  }
}
