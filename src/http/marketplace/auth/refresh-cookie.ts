import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieOf } from '../../plugins/cookies.js';

const NAME = 'refreshToken';
const THIRTY_DAYS_SECONDS = 30 * 24 * 60 * 60;

const attributes = (isSecure: boolean) => ({ path: '/auth', httpOnly: true, sameSite: 'lax', secure: isSecure, signed: true }) as const;

export const setRefreshCookie = (reply: FastifyReply, token: string, isSecure: boolean): void => {
  void reply.setCookie(NAME, token, { ...attributes(isSecure), maxAge: THIRTY_DAYS_SECONDS });
};

export const clearRefreshCookie = (reply: FastifyReply, isSecure: boolean): void => {
  void reply.clearCookie(NAME, attributes(isSecure));
};

export const refreshTokenOf = (request: FastifyRequest, inBody: string | undefined): string | null => {
  if (inBody !== undefined && inBody !== '') return inBody;
  const cookie = cookieOf(request, NAME);
  if (cookie === null) return null;
  const { valid, value } = request.unsignCookie(cookie);
  return valid ? value : null;
};
