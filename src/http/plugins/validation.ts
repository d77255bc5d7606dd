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
type Validate = ReturnType<Ajv['compile']>;

/** Without it Ajv would keep every schema that it was ever given. */
const compiledBy = (ajv: Ajv, schema: object): Validate => {
  const validate = ajv.compile(schema);
  ajv.removeSchema(schema);
  return validate;
};

/**
 * Stops at the first error; only what is small is then looked through for all of them, so that a refusal costs no more than what
 * it refuses. Both validators are compiled when they are needed first: those of all routes take a good part of a start.
 */
const validation = (options: Options, settings: Settings): Compile => {
  const quick = validatorFor(options, settings);
  const thorough = validatorFor({ ...options, allErrors: true }, settings);
  const made = new WeakMap<object, ReturnType<Compile>>();
  const make: Compile = (schema) => {
    let isValid: Validate | undefined = settings.compiled === 'at start' ? compiledBy(quick, schema) : undefined;
    let findAll: Validate | undefined;
    const validate: ReturnType<Compile> = Object.assign(
      (value: unknown): boolean => {
        isValid ??= compiledBy(quick, schema);
        if (isValid(value)) return true;
        validate.errors = isValid.errors ?? null;
        if (!isSmall(value)) return false;
        findAll ??= compiledBy(thorough, schema);
        // What was left out or filled in before the first error may have mended the value for the second look.
        if (!findAll(value)) validate.errors = findAll.errors ?? null;
        return false;
      },
      { errors: null },
    );
    made.set(schema, validate);
    return validate;
  };
  return (schema) => made.get(schema) ?? make(schema);
};

/** Bodies are not coerced; queries and path parameters are text, so they are. Unknown fields are dropped, not refused. */
const validatorsFor = (settings: Settings): FastifySchemaCompiler<object> => {
  const body = validation({ coerceTypes: false }, settings);
  const text = validation({ coerceTypes: 'array' }, settings);
  const headers = validation({ coerceTypes: true, removeAdditional: false }, settings);
  return ({ schema, httpPart }) => {
    if (httpPart === 'body') return body(schema);
    return httpPart === 'headers' ? headers(schema) : text(schema);
  };
};

/** Apps that refuse the same passwords share their validators: an app that answers as of a moment of the past compiles none again. */
const shared = new WeakMap<ReadonlySet<string>, FastifySchemaCompiler<object>>();

export const useValidation = (app: FastifyInstance, settings: Settings): void => {
  const { refusedPasswords, compiled } = settings;
  const compiler = (compiled === 'at start' ? undefined : shared.get(refusedPasswords)) ?? validatorsFor(settings);
  if (compiled !== 'at start') shared.set(refusedPasswords, compiler);
  app.setValidatorCompiler(compiler);
};
