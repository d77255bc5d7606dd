import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { useCookies } from '../plugins/cookies.js';
import { useMultipart } from '../plugins/multipart.js';
import { uploadBudget } from '../uploads/picture-upload.js';
import { addressRoutes } from './addresses.js';
import { administrationRoutes } from './administration.js';
import { infoRoutes } from './info.js';
import { passwordRoutes } from './passwords.js';
import { profileRoutes } from './profile.js';
import { registrationRoutes } from './registration.js';
import { sessionRoutes } from './sessions.js';
import { BASE_PATH } from './surface.js';

const resources =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    const budget = uploadBudget(services);
    await useCookies(app, services);
    await useMultipart(app);
    await app.register(registrationRoutes(services, budget));
    await app.register(sessionRoutes(services));
    await app.register(passwordRoutes(services));
    await app.register(profileRoutes(services, budget));
    await app.register(infoRoutes(services));
    await app.register(addressRoutes(services));
    await app.register(administrationRoutes(services));
  };

export const users =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(resources(services), { prefix: BASE_PATH });
  };
