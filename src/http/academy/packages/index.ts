import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { packageChangeRoutes } from './changes.js';
import { packageCourseRoutes } from './courses.js';
import { packageReadRoutes } from './reads.js';

export const packageRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(packageReadRoutes(services));
    await app.register(packageChangeRoutes(services));
    await app.register(packageCourseRoutes(services));
  };
