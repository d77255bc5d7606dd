import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SessionTokens } from '../../commands/accounts/open-session.js';
import { accessClaims, ACCESS_TOKEN_SECONDS } from '../plugins/access-tokens.js';
import type { HttpConfig } from '../http-services.js';
import { ACCESS_COOKIE, BASE_PATH, REFRESH_COOKIE } from './surface.js';

/** As long as a session without a refresh. */
const REFRESH_TOKEN_SECONDS = 30 * 24 * 60 * 60;

const attributes = ({ protocol }: FastifyRequest, { production }: Pick<HttpConfig, 'production'>) =>
  ({ path: BASE_PATH, httpOnly: true, sameSite: 'lax', secure: production || protocol === 'https' }) as const;

/** Sets both cookies; no token is in a body. */
export const setTokens = (
  app: FastifyInstance,
  reply: FastifyReply,
  tokens: Omit<SessionTokens, 'account'>,
  config: Pick<HttpConfig, 'production'>,
): void => {
  const options = attributes(reply.request, config);
  void reply
    .setCookie(ACCESS_COOKIE, app.jwt.sign(accessClaims(tokens)), { ...options, maxAge: ACCESS_TOKEN_SECONDS })
    .setCookie(REFRESH_COOKIE, tokens.refreshToken, { ...options, maxAge: REFRESH_TOKEN_SECONDS });
};

export const clearTokens = (reply: FastifyReply, config: Pick<HttpConfig, 'production'>): void => {
  const options = attributes(reply.request, config);
  void reply.clearCookie(ACCESS_COOKIE, options).clearCookie(REFRESH_COOKIE, options);
};
