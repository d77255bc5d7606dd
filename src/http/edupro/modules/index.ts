import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { uploadBudget } from '../../uploads/picture-upload.js';
import { changeModuleRoutes } from './change-modules.js';
import { readModuleRoutes } from './read-modules.js';

export const moduleRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(readModuleRoutes(services));
    await app.register(changeModuleRoutes(services, uploadBudget(services)));
  };
