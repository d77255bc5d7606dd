import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { addressRoutes } from './addresses.js';
import { administrationRoutes } from './administration.js';
import { avatarFileRoutes } from './avatar-files.js';
import { infoRoutes } from './info.js';
import { passwordRoutes } from './passwords.js';
import { profileRoutes } from './profile.js';
import { registrationRoutes } from './registration.js';
import { sessionRoutes } from './sessions.js';
import { BASE_PATH } from './surface.js';

/** The users surface, api/users.md: one plugin per resource, and beside it the pictures that it keeps. */
export const users =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(avatarFileRoutes(services));
    const prefix = BASE_PATH;
    await app.register(registrationRoutes(services), { prefix });
    await app.register(sessionRoutes(services), { prefix });
    await app.register(passwordRoutes(services), { prefix });
    await app.register(profileRoutes(services), { prefix });
    await app.register(infoRoutes(services), { prefix });
    await app.register(addressRoutes(services), { prefix });
    await app.register(administrationRoutes(services), { prefix });
  };
