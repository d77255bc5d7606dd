import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { uploadBudget } from '../../uploads/picture-upload.js';
import { studentProfileRoutes } from './student-profile.js';
import { teacherProfileRoutes } from './teacher-profile.js';

export const profileRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    const budget = uploadBudget(services);
    await app.register(studentProfileRoutes(services, budget));
    await app.register(teacherProfileRoutes(services, budget));
  };
