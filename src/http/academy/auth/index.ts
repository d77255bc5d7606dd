import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { passwordRoutes } from './passwords.js';
import { profileRoutes } from './profile.js';
import { registrationRoutes } from './registration.js';
import { sessionRoutes } from './sessions.js';

export const authRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(registrationRoutes(services));
    await app.register(sessionRoutes(services));
    await app.register(passwordRoutes(services));
    await app.register(profileRoutes(services));
  };
