import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { createModuleRoutes } from './create-module.js';
import { deleteModuleRoutes } from './delete-module.js';
import { readModuleRoutes } from './read-modules.js';
import { updateModuleRoutes } from './update-module.js';

export const moduleRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsync =>
  async (app) => {
    await app.register(readModuleRoutes(services));
    await app.register(createModuleRoutes(services, budget));
    await app.register(updateModuleRoutes(services, budget));
    await app.register(deleteModuleRoutes(services));
  };
