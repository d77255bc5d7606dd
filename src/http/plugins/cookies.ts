import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import type { HttpServices } from '../http-services.js';

/** For routes that read or set cookies: the plugin's hook runs for each answer. */
export const useCookies = async (app: FastifyInstance, { config }: HttpServices): Promise<void> => {
  await app.register(cookie, { secret: config.cookieSecret, hook: false });
};
