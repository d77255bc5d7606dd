import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { useCookies } from '../plugins/cookies.js';
import { useMultipart } from '../plugins/multipart.js';
import { uploadBudget } from '../uploads/picture-upload.js';
import { teacherLoginRoutes } from './auth/teacher-login.js';
import { tokenRoutes } from './auth/tokens.js';
import { useDjangoBodies } from './bodies.js';
import { categoryRoutes } from './courses/categories.js';
import { courseRoutes } from './courses/course.js';
import { trailerFileRoutes } from './courses/files.js';
import { courseListRoutes } from './courses/lists.js';
import { privateDetailRoutes } from './courses/private-details.js';
import { teacherAssessmentRoutes } from './assessments/routes.js';
import { couponRoutes } from './coupons/index.js';
import { endpointList } from './endpoints.js';
import { enrollmentRoutes } from './enrollments/index.js';
import { lessonRoutes } from './lessons/index.js';
import { moduleRoutes } from './modules/index.js';
import { sameOriginOnly } from './same-origin.js';
import { courseRatingRoutes } from './ratings/course-ratings.js';
import { ownRatingRoutes } from './ratings/own-rating.js';
import { BASE_PATH } from './surface.js';
import { uploadCredentialRoutes } from './videos/upload-credentials.js';

const resources =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(teacherLoginRoutes(services));
    await app.register(tokenRoutes(services));
    const pictures = uploadBudget(services);
    await app.register(categoryRoutes(services, pictures));
    await app.register(courseRoutes(services, pictures));
    await app.register(courseListRoutes(services));
    await app.register(privateDetailRoutes(services));
    await app.register(moduleRoutes(services, pictures));
    await app.register(lessonRoutes(services));
    await app.register(courseRatingRoutes(services));
    await app.register(ownRatingRoutes(services));
    await app.register(uploadCredentialRoutes(services));
    await app.register(couponRoutes(services));
    await app.register(enrollmentRoutes(services));
    await app.register(teacherAssessmentRoutes(services));
  };

/** What holds for all routes of the surface. Register before them. */
export const useDjangoManner = async (app: FastifyInstance, services: HttpServices): Promise<void> => {
  app.addHook('onRequest', sameOriginOnly(services.config));
  await useCookies(app, services);
  await useMultipart(app);
  useDjangoBodies(app);
};

export const edupro =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await useDjangoManner(app, services);
    await app.register(endpointList(app));
    await app.register(trailerFileRoutes(services));
    await app.register(resources(services), { prefix: BASE_PATH });
  };
