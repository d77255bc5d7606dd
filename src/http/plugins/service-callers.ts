import type { FastifyRequest } from 'fastify';
import { sessionAccount } from '../../projections/sessions/queries.js';
import type { HttpServices } from '../http-services.js';
import { unauthenticated } from '../shared/access.js';
import { secretMatcher } from '../shared/secret-matcher.js';
import { callerNetwork } from '../shared/caller-network.js';
import { assertReadable } from '../shared/reads.js';
import { invalidField } from '../shared/problem.js';
import { tooManyRequests } from './rate-limits.js';
import { WindowCounter } from './window-counter.js';

const WRONG_KEYS = { max: 10, windowMs: 60_000 };
const ACCOUNT_ID = /^[A-Za-z0-9_-]{1,64}$/;


export const serviceKeyIn = ({ headers, routeOptions: { config } }: FastifyRequest): string | undefined => {
  const key = headers['x-api-key'];
  return typeof key === 'string' && config.surface?.admitsServices === true ? key : undefined;
};

/**
 * Recognizes programs with SERVICE_API_KEY and the account that they name in x-user-id. Throws 401 for a wrong key, 429 after ten
 * of those in a minute from one client address, and 400 for an account that does not exist.
 */
export const serviceCallers = (services: HttpServices) => {
  const { config, commands, readModels } = services;
  const isKey = config.serviceApiKey === null ? null : secretMatcher(config.serviceApiKey);
  const wrongKeys = new WindowCounter(WRONG_KEYS, services.caches.share('counters'));

  const assertKey = (request: FastifyRequest, key: string): void => {
    const waitMs = wrongKeys.take(callerNetwork(request.ip), commands.clock.now());
    if (waitMs > 0 && config.rateLimit) throw tooManyRequests(waitMs);
    request.unauthenticatedReason = 'wrong-service-key';
    if (isKey?.(key) !== true) throw unauthenticated(request);
    wrongKeys.giveBack(callerNetwork(request.ip));
  };

  return async (request: FastifyRequest, key: string): Promise<void> => {
    assertKey(request, key);
    request.isService = true;
    const accountId = request.headers['x-user-id'];
    if (accountId === undefined) return;
    await assertReadable(services, ['sessions']);
    const named = typeof accountId === 'string' && ACCOUNT_ID.test(accountId) ? await sessionAccount(readModels, accountId) : null;
    if (typeof accountId !== 'string' || named === null) throw invalidField('x-user-id', 'is not the id of an account');
    request.account = { accountId, role: named.role, studentType: named.studentType, sessionId: null, organizationId: null };
  };
};
