import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';
import type { OperationsConfig } from '../operations/operators-only.js';
import { documentedWords } from '../refusals/documented-words.js';
import { changesMoreThanOwnAccount } from '../shared/access.js';
import { errorResponse, PROBLEM_CONTENT_TYPE, problems } from '../shared/problem.js';
import type { DocumentedPart } from '../shared/documented-parts.js';
import type { Surface, Surfaces } from '../shared/surface.js';
import { VERSION } from '../shared/version.js';
import { answersPast } from './as-of.js';
import { documentedQuery, pastResponses, PAST_STATUSES } from './documented-as-of.js';
import { documentationPages, type OpenApiDocument } from './documentation-pages.js';

const isMutating = ({ method }: RouteOptions): boolean => [method].flat().some((name) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(name));

/** Answers that every such route can give. */
const commonResponses = (route: RouteOptions, { acceptedSchema, sameOriginOnly = false }: Surface): Record<string, unknown> => {
  const { access } = route.config ?? {};
  const statuses = [400, 429, 500, 503];
  if (answersPast(route)) statuses.push(...PAST_STATUSES);
  if (access !== undefined && access !== 'public') statuses.push(401);
  const refusesAuditors = access !== undefined && [route.method].flat().some((method) => changesMoreThanOwnAccount(method, route.config ?? {}));
  if (Array.isArray(access) || refusesAuditors || (sameOriginOnly && isMutating(route))) statuses.push(403);
  if (isMutating(route) && route.config?.idempotent !== false) statuses.push(409, 422);
  if (route.schema?.body !== undefined) statuses.push(413, 415);
  if (route.url.includes(':')) statuses.push(414);
  return { ...(isMutating(route) ? { 202: acceptedSchema } : pastResponses(route)), ...problems(...statuses) };
};

const isProblem = (response: unknown): boolean =>
  typeof response === 'object' &&
  response !== null &&
  'content' in response &&
  typeof response.content === 'object' &&
  response.content !== null &&
  PROBLEM_CONTENT_TYPE in response.content;

/** The error responses in the surface's own envelope. */
const inEnvelope = (responses: Readonly<Record<string, unknown>>, { errorContentType: contentType, errorSchemaId: schemaId }: Surface) =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      isProblem(response) ? errorResponse(Number(status), { contentType, schemaId }) : response,
    ]),
  );

const admitsServices = ({ config }: RouteOptions, surface: Surface): boolean =>
  surface.admitsServices === true && (!Array.isArray(config?.access) || config.access.includes('service'));

const security = (route: RouteOptions, surface: Surface): readonly Record<string, readonly string[]>[] =>
  route.config?.access === 'public' ? [] : [{ bearer: [] }, ...(admitsServices(route, surface) ? [{ service: [] }] : [])];

/**
 * The responses of a route in the document. The routes keep only their own, because Fastify compiles a serializer for each
 * response that it knows, and errors are not serialized by schema.
 */
const documentedResponses = (app: FastifyInstance, surfaces: Surfaces): ((route: RouteOptions) => FastifySchema) => {
  const own = new WeakMap<RouteOptions, object>();
  app.addHook('onRoute', (route) => {
    const responses = route.schema?.response;
    if (typeof responses !== 'object' || responses === null) return;
    own.set(route, responses);
    route.schema = { ...route.schema, response: Object.fromEntries(Object.entries(responses).filter(([, response]) => !isProblem(response))) };
  });
  return (route) => {
    const responses = own.get(route);
    if (responses === undefined || route.schema?.hide === true) return {};
    const surface = surfaces.at(route.url);
    const response = inEnvelope({ ...commonResponses(route, surface), ...responses }, surface);
    return { security: security(route, surface), response: { ...response, ...documentedWords(route.config?.refusals ?? {}, surface) } };
  };
};

const BODY_OPTIONAL = 'x-body-optional';

/** The library calls each body required. */
const withOptionalBodies = (document: OpenApiDocument): OpenApiDocument => {
  for (const operation of Object.values(document.paths ?? {}).flatMap((path) => Object.values(path ?? {}))) {
    if (typeof operation !== 'object' || !(BODY_OPTIONAL in operation)) continue;
    if ('requestBody' in operation && typeof operation.requestBody === 'object') Object.assign(operation.requestBody, { required: false });
    Reflect.deleteProperty(operation, BODY_OPTIONAL);
  }
  return document;
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isNull = (schema: unknown): boolean => isObject(schema) && 'type' in schema && schema.type === 'null';

/** What a field is where it is not null. */
const withoutNull = (field: unknown): unknown => {
  if (!isObject(field) || !('anyOf' in field) || !Array.isArray(field.anyOf)) return field;
  const kinds: unknown[] = field.anyOf.filter((kind) => !isNull(kind));
  return kinds.length === 1 ? kinds[0] : { ...field, anyOf: kinds };
};

const isFile = (field: unknown): boolean => {
  const kind = withoutNull(field);
  return isObject(kind) && 'format' in kind && kind.format === 'binary';
};

/**
 * Fields that hold JSON as what they hold: OpenAPI sends objects in a form as JSON. A file without its limit, which counts bytes, not
 * characters. Nothing in a form is null.
 */
const asFormField = (nullable: unknown): unknown => {
  const field = withoutNull(nullable);
  if (!isObject(field)) return field;
  if ('contentSchema' in field) return field.contentSchema;
  return 'format' in field && field.format === 'binary' ? { ...field, maxLength: undefined } : field;
};

/** Forms refuse fields that they do not have. */
const asForm = (body: object): object => {
  const fields = 'properties' in body && isObject(body.properties) ? Object.entries(body.properties) : [];
  const shown = fields.map(([name, field]: [string, unknown]) => [name, asFormField(field)]);
  return { ...body, properties: Object.fromEntries(shown), additionalProperties: false };
};

/** JSON holds no file. */
const asJson = (body: object): object => {
  const fields = 'properties' in body && isObject(body.properties) ? Object.entries(body.properties) : [];
  return fields.some(([, field]) => isFile(field)) ? { ...body, properties: Object.fromEntries(fields.filter(([, field]) => !isFile(field))) } : body;
};

const documentedBody = ({ body, consumes = ['application/json'] }: FastifySchema): FastifySchema => {
  if (!isObject(body)) return {};
  const content = consumes.map((type) => [type, { schema: type === 'multipart/form-data' ? asForm(body) : asJson(body) }]);
  return { body: { content: Object.fromEntries(content) } };
};

/** OpenAPI 3.1 at /docs/json, its page at /docs, and those of the parts below it. Register before the routes. */
export const useDocumentation = async (app: FastifyInstance, surfaces: Surfaces, parts: readonly DocumentedPart[], config: OperationsConfig): Promise<void> => {
  const documented = documentedResponses(app, surfaces);
  await app.register(swagger, {
    transform: ({ schema, url, route }) => ({
      schema: {
        ...schema,
        ...documentedBody(schema ?? {}),
        ...documentedQuery(route, schema ?? {}),
        ...documented(route),
        ...(route.config?.bodyOptional === true ? { [BODY_OPTIONAL]: true } : {}),
      },
      url,
    }),
    transformObject: (document) => ('openapiObject' in document ? withOptionalBodies(document.openapiObject) : document.swaggerObject),
    refResolver: { buildLocalReference: (schema, _base, _fragment, index) => String(schema['$id'] ?? `schema-${index}`) },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Registrar',
        version: VERSION,
        description:
          'The back office of a learning marketplace. Every change is an event that is kept. Mutating requests take an Idempotency-Key; commands answer X-Position, reads take X-Min-Position.',
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          service: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'SERVICE_API_KEY, with x-user-id: the account in whose name' },
        },
      },
    },
  });
  await documentationPages(app, parts, config);
};
