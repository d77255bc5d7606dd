import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest, preValidationAsyncHookHandler } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { Problem } from '../shared/problem.js';

const MINUTE_MS = 60_000;
const REQUESTS_PER_MINUTE = 6_000;
const CREDENTIAL_REQUESTS_PER_MINUTE = 120;
const TRIES_PER_ADDRESS_AND_MINUTE = 10;

const tooMany = (seconds: number): Problem => {
  const problem = new Problem(429, 'too-many-requests', `Too many requests. Try again in ${seconds} s.`);
  problem.headers['retry-after'] = String(seconds);
  return problem;
};

/** A generous limit on everything, per client address. */
export const useRateLimits = async (app: FastifyInstance, { config }: HttpServices): Promise<void> => {
  if (!config.rateLimit) return;
  await app.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: MINUTE_MS,
    errorResponseBuilder: (_request, { ttl }) => tooMany(Math.max(1, Math.ceil(ttl / 1_000))),
  });
};

const addressIn = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'email' in body && typeof body.email === 'string' ? body.email.trim().toLowerCase() : '';

/**
 * The strict limits of routes that take credentials or send codes: per client address, and within it per email, so
 * that nobody guesses one account's password and nobody is locked out by someone else.
 */
export const credentialLimits = (app: FastifyInstance): { rateLimit: { max: number }; perAddress: preValidationAsyncHookHandler } => {
  const rateLimitConfig = { max: CREDENTIAL_REQUESTS_PER_MINUTE };
  if (!app.hasDecorator('createRateLimit')) return { rateLimit: rateLimitConfig, perAddress: async () => {} };
  const limited = app.createRateLimit({
    max: TRIES_PER_ADDRESS_AND_MINUTE,
    timeWindow: MINUTE_MS,
    keyGenerator: (request: FastifyRequest) => `${request.ip} ${request.routeOptions.url ?? ''} ${addressIn(request.body)}`,
  });
  const perAddress = async (request: FastifyRequest): Promise<void> => {
    if (addressIn(request.body) === '') return;
    const state = await limited(request);
    if (!state.isAllowed && state.isExceeded) throw tooMany(Math.max(1, state.ttlInSeconds));
  };
  return { rateLimit: rateLimitConfig, perAddress };
};
