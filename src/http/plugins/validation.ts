import { Ajv, type Options } from 'ajv';
import ajvFormats from 'ajv-formats';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';

const common: Options = { allErrors: true, useDefaults: true, strict: false, removeAdditional: 'all' };

const validatorFor = (options: Options): Ajv => {
  const ajv = new Ajv({ ...common, ...options });
  ajvFormats.default(ajv);
  return ajv;
};

/** Bodies are not coerced; queries and path parameters are text, so they are. Unknown fields are dropped, not refused. */
export const useValidation = (app: FastifyInstance): void => {
  const body = validatorFor({ coerceTypes: false });
  const text = validatorFor({ coerceTypes: 'array' });
  const headers = validatorFor({ coerceTypes: true, removeAdditional: false });
  const compiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) => {
    if (httpPart === 'body') return body.compile(schema);
    return httpPart === 'headers' ? headers.compile(schema) : text.compile(schema);
  };
  app.setValidatorCompiler(compiler);
};
