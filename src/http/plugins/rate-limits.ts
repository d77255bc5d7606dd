import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { callerNetwork } from '../shared/caller-network.js';
import { Problem } from '../shared/problem.js';

const MINUTE_MS = 60_000;
const REQUESTS_PER_MINUTE = 6_000;

export const tooManyRequests = (waitMs: number): Problem => {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  const problem = new Problem(429, 'too-many-requests', `Too many requests. Try again in ${seconds} s.`);
  problem.headers['retry-after'] = String(seconds);
  return problem;
};

/** A generous limit on all requests, per client address. Services are exempt. */
export const useRateLimits = async (app: FastifyInstance, { config }: HttpServices): Promise<void> => {
  if (!config.rateLimit) return;
  await app.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: MINUTE_MS,
    keyGenerator: ({ ip }) => callerNetwork(ip),
    allowList: (request) => request.isService,
    errorResponseBuilder: (_request, { ttl }) => tooManyRequests(ttl),
  });
};
