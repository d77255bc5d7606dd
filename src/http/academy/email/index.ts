import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { emailHealthRoutes } from './health.js';
import { letterRoutes } from './letters.js';
import { statusRoutes } from './status.js';
import { templateChangeRoutes } from './template-changes.js';
import { templateRoutes } from './templates.js';

export const emailRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(letterRoutes(services));
    await app.register(templateRoutes(services));
    await app.register(templateChangeRoutes(services));
    await app.register(statusRoutes(services));
    await app.register(emailHealthRoutes(services));
  };
