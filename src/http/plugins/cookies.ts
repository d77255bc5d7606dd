import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpServices } from '../http-services.js';

/** For routes that read or set cookies: the plugin's hook runs for each answer. */
export const useCookies = async (app: FastifyInstance, { config }: HttpServices): Promise<void> => {
  await app.register(cookie, { secret: config.cookieSecret, hook: false });
};

/** A cookie of the request, null where it did not come. Parsed where it is asked for: few routes do. */
export const cookieOf = ({ headers, server }: FastifyRequest, name: string): string | null =>
  headers.cookie === undefined ? null : (server.parseCookie(headers.cookie)[name] ?? null);
