import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { courseStudentRoutes } from './course-students.js';
import { deleteEnrollmentRoutes } from './delete-enrollment.js';
import { enrollInCourseRoute, enrollInModuleRoute } from './enroll.js';
import { ownCourseRoutes } from './own-courses.js';

export const enrollmentRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(enrollInCourseRoute(services));
    await app.register(enrollInModuleRoute(services));
    await app.register(ownCourseRoutes(services));
    await app.register(deleteEnrollmentRoutes(services));
    await app.register(courseStudentRoutes(services));
  };
