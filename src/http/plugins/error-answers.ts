import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyRequest } from 'fastify';
import { StreamContended } from '../../commands/write-path/command-handler.js';
import { EventStoreUnavailable } from '../../ports/event-store.js';
import { FileStoreUnavailable } from '../../ports/file-store.js';
import { PasswordsBusy } from '../../ports/password-hasher.js';
import { ReadModelsUnavailable } from '../../ports/read-models.js';
import { inWordsOf, LiteralProblem } from '../refusals/wording.js';
import { NotYetVisible } from '../shared/answer-when-visible.js';
import { Problem } from '../shared/problem.js';
import { tooManyRequests } from './rate-limits.js';
import type { Surface } from '../shared/surface.js';
import { ValidationProblem, valueAt } from '../shared/validation-problem.js';
import { formatSentences, patternSentences } from '../shared/text-schemas.js';

export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Refused for the form of the request, before anything was done. */
  readonly isInvalid: boolean;
}

const LONGEST_MESSAGE = 300;
const RETRY_SOON = { 'retry-after': '1' };
const RETRY_LATER = { 'retry-after': '60' };

const isFastifyError = (error: unknown): error is FastifyError => error instanceof Error && 'statusCode' in error;

const busy = ({ retryAfterMs }: PasswordsBusy): Problem => {
  const problem = new Problem(503, 'temporarily-unavailable', 'Too many passwords are being checked. Nothing was changed; try again soon.');
  problem.headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfterMs / 1_000)));
  return problem;
};

const sentenceOf = (keyword: string, params: Readonly<Record<string, unknown>>): string | undefined => {
  if (keyword === 'pattern') return patternSentences[String(params['pattern'])];
  return keyword === 'format' ? formatSentences[String(params['format'])] : undefined;
};

type Part = NonNullable<FastifyError['validationContext']>;
const partNames: Readonly<Record<string, string>> = { body: 'body', querystring: 'query', params: 'path', headers: 'header' };

const validationProblem = (error: FastifyError, request: FastifyRequest): ValidationProblem => {
  const { validationContext: part = 'body' } = error;
  const { body, query, params: inPath, headers } = request;
  const sent: Readonly<Record<Part, unknown>> = { body, querystring: query, params: inPath, headers };
  const invalid = (error.validation ?? []).map(({ keyword, instancePath, params, message = 'is invalid' }) => {
    const missing = typeof params['missingProperty'] === 'string' ? [params['missingProperty']] : [];
    const path = [...instancePath.split('/').slice(1), ...missing];
    const allowed = Array.isArray(params['allowedValues']) ? `: ${params['allowedValues'].join(', ')}` : '';
    const field = path.length === 0 ? (partNames[part] ?? 'body') : path.join('.');
    const inWords = sentenceOf(keyword, params);
    const said = missing.length > 0 ? 'is required' : (inWords ?? `${message}${allowed}`);
    return { field, message: said, keyword, params, value: valueAt(sent[part], path) };
  });
  return new ValidationProblem(invalid);
};

const codeOf = (status: number): string => (STATUS_CODES[status] ?? 'error').toLowerCase().replaceAll(/[^a-z]+/g, '-');

const takenBy = ({ routeOptions: { schema } }: FastifyRequest): string =>
  schema !== undefined && 'consumes' in schema && Array.isArray(schema.consumes) ? schema.consumes.join(' or ') : 'application/json';

/** Errors that are over in a while. */
const PASSING = [StreamContended, EventStoreUnavailable, ReadModelsUnavailable, FileStoreUnavailable];

const asProblem = (error: unknown, request: FastifyRequest): Problem => {
  if (error instanceof Problem) return error;
  if (PASSING.some((kind) => error instanceof kind)) {
    return new Problem(503, 'temporarily-unavailable', 'This could not be done now. Nothing was changed by this attempt that a repeat would do twice.');
  }
  if (error instanceof PasswordsBusy) return error.reason === 'spent' ? tooManyRequests(error.retryAfterMs) : busy(error);
  if (isFastifyError(error)) {
    if (error.validation !== undefined) return validationProblem(error, request);
    const status = error.statusCode ?? 500;
    if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY') return new Problem(400, 'malformed-json', 'The body is not valid JSON.');
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem(415, 'unsupported-media-type', `This takes ${takenBy(request)}.`);
    if (status >= 400 && status < 500) return new Problem(status, codeOf(status), error.message.slice(0, LONGEST_MESSAGE).toWellFormed());
    if (status === 503) return new Problem(503, 'temporarily-unavailable', 'The server is not taking requests.');
  }
  return new Problem(500, 'internal-error', 'Something went wrong on our side; the request id says where to look.');
};

/** The answer to any error of a request, in the envelope of its surface. */
export const errorAnswer = (error: unknown, surface: Surface, request: FastifyRequest): ErrorAnswer => {
  if (error instanceof NotYetVisible) {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    return { status: 202, headers, body: surface.presentAccepted(error.position), isInvalid: false };
  }
  const found = asProblem(error, request);
  const phrased = found instanceof ValidationProblem && surface.phraseValidation !== undefined ? found.phrased(surface.phraseValidation) : found;
  const problem = inWordsOf(phrased, surface.errorOverrides, request.routeOptions.config.refusals);
  const { status } = problem;
  const body = problem instanceof LiteralProblem ? problem.body : surface.presentError(problem, request);
  return {
    status,
    headers: {
      'content-type': `${surface.errorContentType}; charset=utf-8`,
      ...(status === 503 ? RETRY_SOON : {}),
      ...(status === 429 ? RETRY_LATER : {}),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...problem.headers,
    },
    body,
    isInvalid: found.code === 'validation-failed',
  };
};
