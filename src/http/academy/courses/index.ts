import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { courseChangeRoutes } from './changes.js';
import { courseReadRoutes } from './reads.js';

export const courseRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(courseReadRoutes(services));
    await app.register(courseChangeRoutes(services));
  };
