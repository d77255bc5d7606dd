import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { enrollmentListRoutes } from './list.js';
import { enrollmentRoutesOfOne } from './one.js';
import { ownEnrollmentRoutes } from './own.js';

export const enrollmentRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(enrollmentListRoutes(services));
    await app.register(ownEnrollmentRoutes(services));
    await app.register(enrollmentRoutesOfOne(services));
  };
