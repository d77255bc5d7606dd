import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { passwordRoutes } from './passwords.js';
import { registrationRoutes } from './registration.js';
import { studentLoginRoutes } from './student-login.js';
import { teacherLoginRoutes } from './teacher-login.js';
import { tokenRoutes } from './tokens.js';

/** Sections 1.1 to 1.10 and 1.23 of the document. */
export const authRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsync =>
  async (app) => {
    await app.register(teacherLoginRoutes(services));
    await app.register(studentLoginRoutes(services));
    await app.register(tokenRoutes(services));
    await app.register(passwordRoutes(services));
    await app.register(registrationRoutes(services, budget));
  };
