import jwt from '@fastify/jwt';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Role } from '../../domain/account/events.js';
import { RecentlyUsed } from '../../primitives/recently-used.js';
import { liveSession } from '../../projections/sessions/queries.js';
import type { HttpServices } from '../http-services.js';
import { cookieOf } from '../shared/cookie.js';
import { accountOf, type Access, type RequestAccount } from '../shared/access.js';
import { assertReadable } from '../shared/reads.js';
import { forbidden } from '../shared/problem.js';

export const ACCESS_TOKEN_SECONDS = 15 * 60;

export interface AccessClaims {
  readonly sub: string;
  readonly sid: string;
  /** For clients to look at; who may do what is asked of the live session. */
  readonly role: Role | null;
}

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: AccessClaims;
    user: AccessClaims;
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The cookie that the access token is taken from where no Authorization header comes. */
    tokenCookie?: string;
  }
}

interface VerifiedToken {
  readonly claims: AccessClaims;
  readonly expiresAt: number;
}

const VERIFIED_TOKENS = 40_000;

const bearerToken = (request: FastifyRequest): string | null => {
  const header = request.headers.authorization;
  return header !== undefined && /^bearer /i.test(header) ? header.slice(7).trim() : null;
};

const cookieToken = (request: FastifyRequest): string | null => {
  const { tokenCookie } = request.routeOptions.config;
  return tokenCookie === undefined ? null : cookieOf(request, tokenCookie);
};

const verifierOf = (app: FastifyInstance): ((token: string) => AccessClaims | null) => {
  const verified = new RecentlyUsed<VerifiedToken>(VERIFIED_TOKENS);
  return (token) => {
    const known = verified.get(token);
    if (known !== undefined && known.expiresAt > Date.now()) return known.claims;
    try {
      const claims = app.jwt.verify<AccessClaims & { exp: number }>(token);
      verified.set(token, { claims, expiresAt: claims.exp * 1_000 });
      return claims;
    } catch {
      return null;
    }
  };
};

const assertMay = (access: Access | undefined, account: RequestAccount): void => {
  if (access === undefined || access === 'public' || access === 'account') return;
  if (account.role === null || !access.includes(account.role)) throw forbidden(`This is for ${access.join(', ')} only.`);
};

/** Undefined when it is known at once. Throws, or rejects with, the problem of a caller who may not. */
export type Identify = (request: FastifyRequest) => Promise<void> | undefined;

/**
 * Who asks. The signature is checked once per token; whether its session still lives is asked for each request, so
 * that a session that has ended stops at once. A route's config.access decides who gets in.
 */
export const useAuthentication = async (app: FastifyInstance, services: HttpServices): Promise<Identify> => {
  const { config, readModels } = services;
  await app.register(jwt, {
    secret: config.jwtSecret,
    sign: { algorithm: 'HS256', expiresIn: `${ACCESS_TOKEN_SECONDS}s`, iss: 'registrar' },
    verify: { algorithms: ['HS256'], allowedIss: 'registrar', requiredClaims: ['sub', 'sid', 'exp'] },
  });
  const verify = verifierOf(app);
  app.decorateRequest('account', null);
  app.decorateRequest('commandId', null);

  const admit = (request: FastifyRequest): undefined => {
    const { access } = request.routeOptions.config;
    if (access !== undefined && access !== 'public') assertMay(access, accountOf(request));
  };

  const identifyAndAdmit = async (request: FastifyRequest, token: string): Promise<void> => {
    const claims = verify(token);
    if (claims === null) return admit(request);
    // Without the sessions nobody knows whether the token still counts: that is no 401.
    await assertReadable(services, ['sessions']);
    const session = await liveSession(readModels, claims.sid, claims.sub);
    if (session !== null) request.account = { accountId: claims.sub, sessionId: claims.sid, role: session.role };
    admit(request);
  };

  return (request) => {
    const token = bearerToken(request) ?? cookieToken(request);
    return token === null ? admit(request) : identifyAndAdmit(request, token);
  };
};
