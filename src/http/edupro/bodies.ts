import type { FastifyInstance, FastifyRequest, preValidationAsyncHookHandler, RouteOptions } from 'fastify';
import type { TSchema } from 'typebox';
import { invalidField } from '../shared/problem.js';
import { asDjangoReads } from './as-django-reads.js';

const NO_FILE = 'The submitted data was not a file. Check the encoding type on the form.';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The names of the fields that take files: by what the schema says, because routes keep copies of it that TypeBox does not know. */
const fileFieldsOf = (schema: unknown): readonly string[] => {
  if (!isObject(schema) || !('properties' in schema) || !isObject(schema.properties)) return [];
  return Object.entries(schema.properties).flatMap(([name, field]: [string, unknown]) => (isObject(field) && 'format' in field && field.format === 'binary' ? [name] : []));
};

/** JSON holds no file. Null and an empty text mean none. */
const withoutFiles = (body: object, files: readonly string[]): object =>
  Object.fromEntries(
    Object.entries(body).filter(([name, value]: [string, unknown]) => {
      if (!files.includes(name)) return true;
      if (value !== null && value !== '') throw invalidField(name, NO_FILE);
      return false;
    }),
  );

const reading = (schema: TSchema): preValidationAsyncHookHandler => {
  const files = fileFieldsOf(schema);
  return async (request: FastifyRequest) => {
    const { body = {} } = request;
    const isForm = request.headers['content-type']?.toLowerCase().startsWith('multipart/') === true;
    const sent = isObject(body) && !isForm && files.length > 0 ? withoutFiles(body, files) : body;
    request.body = asDjangoReads(sent, schema);
  };
};

const bodySchemaOf = ({ schema }: RouteOptions): TSchema | undefined => {
  const body: unknown = schema?.body;
  return isObject(body) ? Object.assign({}, body) : undefined;
};

/** Reads each body as Django REST framework does, before it is validated. No body is an empty one. Register before the routes. */
export const useDjangoBodies = (app: FastifyInstance): void => {
  app.addHook('onRoute', (route) => {
    const schema = bodySchemaOf(route);
    if (schema !== undefined) route.preValidation = [...[route.preValidation ?? []].flat(), reading(schema)];
  });
};
