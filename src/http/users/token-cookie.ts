import type { FastifyReply } from 'fastify';
import { ACCESS_TOKEN_SECONDS } from '../plugins/access-tokens.js';
import { BASE_PATH, TOKEN_COOKIE } from './surface.js';

const attributes = (isSecure: boolean) => ({ path: BASE_PATH, httpOnly: true, sameSite: 'strict', secure: isSecure }) as const;

export const setTokenCookie = (reply: FastifyReply, token: string, isSecure: boolean): void => {
  void reply.setCookie(TOKEN_COOKIE, token, { ...attributes(isSecure), maxAge: ACCESS_TOKEN_SECONDS });
};

export const clearTokenCookie = (reply: FastifyReply, isSecure: boolean): void => {
  void reply.clearCookie(TOKEN_COOKIE, attributes(isSecure));
};
