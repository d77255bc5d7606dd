import type { FastifySchema, RouteOptions } from 'fastify';
import { Type } from 'typebox';
import { answersPast } from './as-of.js';

const AsOf = Type.String({
  maxLength: 64,
  description: 'For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position.',
  examples: ['1042', '2026-03-01T12:00:00Z'],
});

const Building = Type.Object(
  { status: Type.Literal('building'), position: Type.String(), percent: Type.Integer({ minimum: 0, maximum: 100 }) },
  { description: 'Only with asOf: what the answer needs is being made. Ask again after Retry-After seconds.' },
);

/** Statuses that a question about a moment adds to those of a route. */
export const PAST_STATUSES: readonly number[] = [401, 403];

export const pastResponses = (route: RouteOptions): Readonly<Record<number, unknown>> => (answersPast(route) ? { 202: Building } : {});

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The query with the moment. */
export const documentedQuery = (route: RouteOptions, { querystring }: FastifySchema): FastifySchema => {
  if (!answersPast(route)) return {};
  const known = isObject(querystring) ? querystring : { type: 'object' };
  const properties = 'properties' in known && isObject(known.properties) ? known.properties : {};
  return { querystring: { ...known, properties: { ...properties, asOf: AsOf } } };
};
