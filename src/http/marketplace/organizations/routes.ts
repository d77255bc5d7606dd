import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { contextRoutes } from './context.js';
import { organizationCourseRoutes } from './courses.js';

export const organizationRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(contextRoutes(services));
    await app.register(organizationCourseRoutes(services));
  };
