import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { studentProfileRoutes } from './student-profile.js';
import { teacherProfileRoutes } from './teacher-profile.js';

export const profileRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsync =>
  async (app) => {
    await app.register(studentProfileRoutes(services, budget));
    await app.register(teacherProfileRoutes(services, budget));
  };
