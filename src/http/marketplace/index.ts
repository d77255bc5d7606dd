import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { healthRoutes } from './health.js';

/** The marketplace surface, api/marketplace.md: at the root, one plugin per resource. */
export const marketplace =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(healthRoutes(services));
  };
