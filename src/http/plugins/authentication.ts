import type { FastifyInstance, FastifyRequest } from 'fastify';
import { liveSession } from '../../projections/sessions/queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf, changesMoreThanOwnAccount, type Access } from '../shared/access.js';
import { assertReadable } from '../shared/reads.js';
import { forbidden } from '../shared/problem.js';
import { sentToken, useAccessTokens } from './access-tokens.js';
import { serviceCallers, serviceKeyIn } from './service-callers.js';

const passes = (request: FastifyRequest, access: Exclude<Access, 'public' | 'account'>): boolean => {
  if (request.isService) return access.includes('service');
  const { role } = accountOf(request);
  return role !== null && access.includes(role);
};

/** Throws the 401 or 403 of a caller without access. */
const admit = (request: FastifyRequest): undefined => {
  const { config } = request.routeOptions;
  const { access } = config;
  if (access === undefined || access === 'public') return;
  if (request.account?.role === 'auditor' && changesMoreThanOwnAccount(request.method, config)) throw forbidden('Auditors read; they change nothing.');
  if (access === 'account') accountOf(request);
  else if (!passes(request, access)) throw forbidden(`This is for ${access.join(', ')} only.`);
};

/** Undefined when the answer is known at once. Throws, or rejects with, the problem of a caller without access. */
export type Identify = (request: FastifyRequest) => Promise<void> | undefined;

/**
 * Recognizes the caller. A token's signature is checked once, its session with each request, so that an ended session stops at
 * once. A route's config.access decides who gets in.
 */
export const useAuthentication = async (app: FastifyInstance, services: HttpServices): Promise<Identify> => {
  const { config, callers = services } = services;
  const verify = await useAccessTokens(app, config.jwtSecret, services.caches.share('tokens'));
  const identifyService = serviceCallers(services);
  app.decorateRequest('account', null);
  app.decorateRequest('isService', false);
  app.decorateRequest('unauthenticatedReason', 'missing');
  app.decorateRequest('commandId', null);

  const identifyBy = async (request: FastifyRequest, token: string): Promise<void> => {
    const claims = verify(token);
    if (typeof claims === 'string') {
      request.unauthenticatedReason = claims;
      return;
    }
    // Without the sessions the token may or may not be valid: that is no 401.
    await assertReadable(callers, ['sessions']);
    const session = await liveSession(callers.readModels, claims.sid, claims.sub);
    if (session === null) request.unauthenticatedReason = 'revoked';
    else request.account = { accountId: claims.sub, sessionId: claims.sid, ...session };
  };

  return (request) => {
    const key = serviceKeyIn(request);
    if (key !== undefined) return identifyService(request, key).then(() => admit(request));
    const token = sentToken(request);
    return token === null ? admit(request) : identifyBy(request, token).then(() => admit(request));
  };
};
