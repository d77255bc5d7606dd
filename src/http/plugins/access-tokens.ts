import jwt from '@fastify/jwt';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SessionTokens } from '../../commands/accounts/open-session.js';
import type { Role } from '../../domain/account/events.js';
import type { CacheShare } from '../../primitives/cache-budget.js';
import { RecentlyUsed } from '../../primitives/recently-used.js';
import type { UnauthenticatedReason } from '../shared/surface.js';
import { cookieOf } from './cookies.js';

export const ACCESS_TOKEN_SECONDS = 15 * 60;

export interface AccessClaims {
  readonly sub: string;
  readonly sid: string;
  /** Informs clients; the live session decides on rights. */
  readonly role: Role | null;
  /** The organization that the session works within; absent: none. Informs clients as well. */
  readonly org?: string;
}

export const accessClaims = ({ accountId, sessionId, role, organizationId }: Omit<SessionTokens, 'refreshToken' | 'account'>): AccessClaims => ({
  sub: accountId,
  sid: sessionId,
  role,
  ...(organizationId === null ? {} : { org: organizationId }),
});

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: AccessClaims;
    user: AccessClaims;
  }
}

interface VerifiedToken {
  readonly claims: AccessClaims;
  readonly expiresAt: number;
}

export type VerifyToken = (token: string) => AccessClaims | UnauthenticatedReason;

/** Of a verified token with its claims, beside the token itself. */
const ENTRY_BYTES = 400;
const BEARER = /^bearer +/i;

const reasons: Readonly<Record<string, UnauthenticatedReason>> = {
  FAST_JWT_EXPIRED: 'expired',
  FAST_JWT_MALFORMED: 'malformed',
  FAST_JWT_INVALID_TYPE: 'malformed',
  FAST_JWT_INVALID_PAYLOAD: 'malformed',
};

const reasonOf = (error: unknown): UnauthenticatedReason =>
  (error instanceof Error && 'code' in error && typeof error.code === 'string' ? reasons[error.code] : undefined) ?? 'unknown';

export const useAccessTokens = async (app: FastifyInstance, secret: string, cache: CacheShare): Promise<VerifyToken> => {
  await app.register(jwt, {
    secret,
    sign: { algorithm: 'HS256', expiresIn: `${ACCESS_TOKEN_SECONDS}s`, iss: 'registrar' },
    verify: { algorithms: ['HS256'], allowedIss: 'registrar', requiredClaims: ['sub', 'sid', 'exp'] },
  });
  const capacity = cache.join(() => verified.weight);
  const verified: RecentlyUsed<VerifiedToken> = new RecentlyUsed(capacity, (_, token) => ENTRY_BYTES + token.length);
  return (token) => {
    const known = verified.get(token);
    if (known !== undefined && known.expiresAt > Date.now()) return known.claims;
    try {
      const claims = app.jwt.verify<AccessClaims & { exp: number }>(token);
      verified.set(token, { claims, expiresAt: claims.exp * 1_000 });
      return claims;
    } catch (error) {
      return reasonOf(error);
    }
  };
};

/** The token of a request, by header or by its surface's cookie; null: none. A header without a bearer token gives ''. */
export const sentToken = (request: FastifyRequest): string | null => {
  const cookie = request.routeOptions.config.surface?.tokenCookie;
  const inCookie = cookie === undefined ? null : cookieOf(request, cookie.name);
  if (inCookie !== null && cookie?.wins === true) return inCookie;
  const { authorization } = request.headers;
  if (authorization !== undefined && BEARER.test(authorization)) return authorization.replace(BEARER, '').trim();
  return inCookie ?? (authorization === undefined ? null : '');
};
