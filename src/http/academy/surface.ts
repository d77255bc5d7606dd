import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import { shownUrl } from '../plugins/shown-url.js';
import type { Wordings } from '../refusals/wording.js';
import type { Problem } from '../shared/problem.js';
import { successEnvelope } from '../shared/success-envelope.js';
import type { Surface } from '../shared/surface.js';
import { errorsOf, wrongRole } from './areas.js';
import { academyPhrase } from './phrases.js';

export const BASE_PATH = '/academy';
export const ACCESS_COOKIE = 'access_token';

/** `{status: 'success', message, data}` */
export const envelope = successEnvelope({ status: 'success' });

const SCHEMA_ID = 'AcademyFailure';

const FieldErrors = Type.Array(Type.Object({ field: Type.String(), message: Type.String() }));

const Failure = Type.Object(
  {
    status: Type.Literal('error'),
    message: Type.Union([Type.String(), FieldErrors], { description: 'A list where the document has one: a bad proof link of PATCH /payments/:id/update' }),
    errors: Type.Optional(Nullable(FieldErrors)),
    details: Type.Optional(FieldErrors),
    error: Type.Optional(Type.String()),
    retryAfter: Type.Optional(Type.Integer({ description: 'Seconds' })),
  },
  {
    $id: SCHEMA_ID,
    description: 'Payments name wrong fields in `details`, others in `errors`, which is null for packages and materials where no field is wrong. error and retryAfter: of 429.',
  },
);

export const NO_TOKEN = 'Authentication required. No valid token provided.';
const INVALID_TOKEN = 'Invalid token';
export const REVOKED_TOKEN = 'Token has been revoked. Please login again.';

const errorOverrides: Wordings = {
  'validation-failed': { message: 'Validation failed' },
  'course-not-found': [404, 'Course not found'],
  'course-deleted': [404, 'Course not found'],
  'account-not-found': [404, 'User not found'],
};

const sentenceOf = (problem: Problem, request: FastifyRequest): string => {
  switch (problem.code) {
    case 'no-such-route':
      return `Not found - ${shownUrl(request.url)}`;
    case 'forbidden':
      return wrongRole(request);
    default:
      return problem.message;
  }
};

const waitOf = ({ headers }: Problem) => {
  const seconds = headers['retry-after'];
  return seconds === undefined ? {} : { retryAfter: Number(seconds) };
};

export const academySurface: Surface = {
  name: 'academy',
  basePath: BASE_PATH,
  reads: ['accounts', 'sessions'],
  success: envelope,
  sameOriginOnly: true,
  admitsServices: true,
  tokenCookie: { name: ACCESS_COOKIE, wins: true },
  unauthenticated: {
    missing: NO_TOKEN,
    malformed: INVALID_TOKEN,
    unknown: INVALID_TOKEN,
    expired: 'Token expired. Please login again.',
    revoked: REVOKED_TOKEN,
  },
  errorContentType: 'application/json',
  errorSchema: Failure,
  errorSchemaId: SCHEMA_ID,
  errorOverrides,
  phraseValidation: academyPhrase,
  presentError: (problem, request) => ({
    status: 'error',
    ...(problem.status === 429 ? { error: 'Too many requests' } : {}),
    message: sentenceOf(problem, request),
    ...errorsOf(problem, request),
    ...(problem.status === 429 ? waitOf(problem) : {}),
  }),
  acceptedSchema: Type.Object(
    { status: Type.Literal('success'), message: Type.String(), position: Type.String() },
    { description: 'Carried out; it can not be read yet. Read with X-Min-Position: <position>.' },
  ),
  presentAccepted: (position) => ({ status: 'success', message: 'Carried out; it can be read in a moment.', position: position.toString() }),
};
