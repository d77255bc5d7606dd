import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpConfig } from '../http-services.js';
import { ACCESS_TOKEN_SECONDS } from '../plugins/access-tokens.js';
import { ACCESS_COOKIE, BASE_PATH } from './surface.js';

type Config = Pick<HttpConfig, 'production'>;

const attributes = ({ protocol }: FastifyRequest, { production }: Config) =>
  ({ path: BASE_PATH, httpOnly: true, sameSite: 'strict', secure: production || protocol === 'https' }) as const;

export const setTokenCookie = (reply: FastifyReply, token: string, config: Config): void => {
  void reply.setCookie(ACCESS_COOKIE, token, { ...attributes(reply.request, config), maxAge: ACCESS_TOKEN_SECONDS });
};

export const clearTokenCookie = (reply: FastifyReply, config: Config): void => {
  void reply.clearCookie(ACCESS_COOKIE, attributes(reply.request, config));
};
