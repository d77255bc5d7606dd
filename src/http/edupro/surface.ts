import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Wordings } from '../refusals/wording.js';
import type { FieldError, Problem } from '../shared/problem.js';
import type { Surface } from '../shared/surface.js';
import { djangoPhrase } from './phrases.js';

export const BASE_PATH = '/api/v1';
export const ACCESS_COOKIE = 'access_token';
export const REFRESH_COOKIE = 'refresh_token';
export const NON_FIELD_ERRORS = 'non_field_errors';

const SCHEMA_ID = 'EduproFailure';

const Sentences = Type.Union([Type.String(), Type.Array(Type.Unknown()), Type.Object({}, { additionalProperties: true })]);

const Failure = Type.Object(
  { detail: Type.Optional(Type.String()) },
  { $id: SCHEMA_ID, additionalProperties: Sentences, description: '{detail}, or for each wrong field its sentences; {error} or {message} where a route says so' },
);

const NOT_FOUND = 'Not found.';
const NO_TOKEN = 'Authentication credentials were not provided.';
const BAD_TOKEN = 'Given token not valid for any token type';
export const NO_PERMISSION = 'You do not have permission to perform this action.';

const gone = [404, NOT_FOUND] as const;
const denied = [403, NO_PERMISSION] as const;

const errorOverrides: Wordings = {
  forbidden: { message: NO_PERMISSION },
  'not-found': { message: NOT_FOUND },
  'course-not-found': gone,
  'course-deleted': gone,
  'account-not-found': gone,
  'record-not-found': gone,
  'assessment-not-found': gone,
  'question-not-found': gone,
  'option-not-found': gone,
  'not-a-student-of-teacher': gone,
  'module-not-found': gone,
  'lesson-not-found': gone,
  'not-course-owner': denied,
  'not-course-editor': denied,
  'record-not-permitted': denied,
};

const sentenceOf = ({ code, message }: Problem, { method, headers }: FastifyRequest): string => {
  switch (code) {
    case 'no-such-route':
      return NOT_FOUND;
    case 'method-not-allowed':
      return `Method "${method}" not allowed.`;
    case 'malformed-json':
      return `JSON parse error - ${message}`;
    case 'unsupported-media-type':
      return `Unsupported media type "${(headers['content-type'] ?? '').slice(0, 100).toWellFormed()}" in request.`;
    default:
      return message;
  }
};

type Nested = Record<string, unknown>;
const INDEX = /^\d{1,3}$/;

const objectAt = (outer: Nested, name: string): Nested => {
  const inner = outer[name];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner } : {};
};

/** Errors of parts of a list stand at the place of the part, as Django REST framework nests them. */
const put = (outer: Nested, [name = NON_FIELD_ERRORS, next, ...rest]: readonly string[], message: string): Nested => {
  const before: unknown = outer[name];
  if (next === undefined) return { ...outer, [name]: [...(Array.isArray(before) ? before : []), message] };
  if (!INDEX.test(next)) return { ...outer, [name]: put(objectAt(outer, name), [next, ...rest], message) };
  const parts: unknown[] = Array.isArray(before) ? [...before] : [];
  while (parts.length <= Number(next)) parts.push({});
  const part = parts[Number(next)];
  parts[Number(next)] = rest.length === 0 ? [message] : put(typeof part === 'object' && part !== null ? { ...part } : {}, rest, message);
  return { ...outer, [name]: parts };
};

/** `{field: [sentence, ...]}` */
const byField = (errors: readonly FieldError[]): Nested =>
  errors.reduce<Nested>((nested, { field, message }) => put(nested, field === 'body' ? [] : field.split('.'), message), {});

export const eduproSurface: Surface = {
  name: 'edupro',
  basePath: BASE_PATH,
  reads: ['people', 'sessions'],
  sameOriginOnly: true,
  tokenCookie: { name: ACCESS_COOKIE, wins: false },
  unauthenticated: { missing: NO_TOKEN, malformed: BAD_TOKEN, expired: BAD_TOKEN, revoked: BAD_TOKEN, unknown: BAD_TOKEN },
  errorContentType: 'application/json',
  errorSchema: Failure,
  errorSchemaId: SCHEMA_ID,
  errorOverrides,
  phraseValidation: djangoPhrase,
  presentError: (problem, request) => (problem.errors === undefined ? { detail: sentenceOf(problem, request) } : byField(problem.errors)),
  acceptedSchema: Type.Object(
    { detail: Type.String(), position: Type.String() },
    { description: 'Carried out; it can not be read yet. Read with X-Min-Position: <position>.' },
  ),
  presentAccepted: (position) => ({ detail: 'Carried out; it can be read in a moment.', position: position.toString() }),
};
