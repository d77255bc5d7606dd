import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { loginRoutes } from './login.js';
import { profileRoutes } from './profile.js';
import { registrationRoutes } from './registration.js';
import { authenticationSurface } from './surface.js';
import { tokenRoutes } from './tokens.js';

export const authentication =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    const prefix = authenticationSurface.basePath;
    await app.register(registrationRoutes(services), { prefix });
    await app.register(loginRoutes(services), { prefix });
    await app.register(tokenRoutes(services), { prefix });
    await app.register(profileRoutes(services), { prefix });
  };
