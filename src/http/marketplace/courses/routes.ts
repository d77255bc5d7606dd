import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { courseChanges } from './changes.js';
import { courseRoute } from './course.js';
import { editorRoutes } from './editors.js';
import { enrollmentRoute } from './enrollment.js';
import { courseLists } from './lists.js';

export const courseRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    for (const routes of [courseLists, courseRoute, courseChanges, enrollmentRoute, editorRoutes]) await app.register(routes(services));
  };
