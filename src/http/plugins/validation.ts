import { Ajv, type Options } from 'ajv';
import ajvFormats from 'ajv-formats';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import type { HttpConfig } from '../http-services.js';
import { isEmail } from '../shared/email-format.js';
import { isSmall } from '../shared/json-shape.js';
import { UNCOMMON } from '../shared/text-schemas.js';
import type { Compiled } from './serialization.js';

interface Settings extends Pick<HttpConfig, 'refusedPasswords'> {
  readonly compiled?: Compiled;
}

const common: Options = { useDefaults: true, strict: false, removeAdditional: 'all' };

const validatorFor = (options: Options, { refusedPasswords }: Settings): Ajv => {
  const ajv = new Ajv({ ...common, ...options });
  ajvFormats.default(ajv);
  ajv.addFormat(UNCOMMON, (password: string) => !refusedPasswords.has(password.toLowerCase()));
  return ajv.addFormat('email', isEmail);
};

type Compile = (schema: object) => ReturnType<FastifySchemaCompiler<object>>;

/**
 * Stops at the first error; only what is small is then looked through for all of them, so that a refusal costs no more than what
 * it refuses. Both validators are compiled when they are needed first: those of all routes take a good part of a start.
 */
const validation = (options: Options, settings: Settings): Compile => {
  const quick = validatorFor(options, settings);
  const thorough = validatorFor({ ...options, allErrors: true }, settings);
  return (schema) => {
    let isValid: ReturnType<Ajv['compile']> | undefined = settings.compiled === 'at start' ? quick.compile(schema) : undefined;
    let findAll: ReturnType<Ajv['compile']> | undefined;
    const validate: ReturnType<FastifySchemaCompiler<object>> = Object.assign(
      (value: unknown): boolean => {
        isValid ??= quick.compile(schema);
        if (isValid(value)) return true;
        validate.errors = isValid.errors ?? null;
        if (!isSmall(value)) return false;
        findAll ??= thorough.compile(schema);
        // What was left out or filled in before the first error may have mended the value for the second look.
        if (!findAll(value)) validate.errors = findAll.errors ?? null;
        return false;
      },
      { errors: null },
    );
    return validate;
  };
};

/** Bodies are not coerced; queries and path parameters are text, so they are. Unknown fields are dropped, not refused. */
export const useValidation = (app: FastifyInstance, settings: Settings): void => {
  const body = validation({ coerceTypes: false }, settings);
  const text = validation({ coerceTypes: 'array' }, settings);
  const headers = validation({ coerceTypes: true, removeAdditional: false }, settings);
  const compiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) => {
    if (httpPart === 'body') return body(schema);
    return httpPart === 'headers' ? headers(schema) : text(schema);
  };
  app.setValidatorCompiler(compiler);
};
