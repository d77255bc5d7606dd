import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { useCookies } from '../plugins/cookies.js';
import { useMultipart } from '../plugins/multipart.js';
import { sameOriginOnly } from '../shared/same-origin.js';
import { uploadBudget } from '../uploads/picture-upload.js';
import { teacherAssessmentRoutes } from './assessments/routes.js';
import { attemptRoutes } from './attempts/index.js';
import { authRoutes } from './auth/index.js';
import { useDjangoBodies } from './bodies.js';
import { couponRoutes } from './coupons/index.js';
import { categoryRoutes } from './courses/categories.js';
import { courseChangeRoutes } from './courses/changes.js';
import { courseRoutes } from './courses/course.js';
import { trailerFileRoutes } from './courses/files.js';
import { courseListRoutes } from './courses/lists.js';
import { privateDetailRoutes } from './courses/private-details.js';
import { teacherCourseRoutes } from './courses/teacher-lists.js';
import { endpointList } from './endpoints.js';
import { enrollmentRoutes } from './enrollments/index.js';
import { lessonRoutes } from './lessons/index.js';
import { moduleRoutes } from './modules/index.js';
import { profileRoutes } from './profiles/index.js';
import { lessonStatusRoutes } from './progress/lesson-status.js';
import { courseRatingRoutes } from './ratings/course-ratings.js';
import { ownRatingRoutes } from './ratings/own-rating.js';
import { studentRoutes } from './students/index.js';
import { BASE_PATH } from './surface.js';
import { uploadCredentialRoutes } from './videos/upload-credentials.js';
import { videoStatusRoutes } from './videos/video-status.js';

const resources =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    const budget = uploadBudget(services);
    await app.register(authRoutes(services, budget));
    await app.register(profileRoutes(services, budget));
    await app.register(studentRoutes(services));
    await app.register(categoryRoutes(services, budget));
    await app.register(courseRoutes(services));
    await app.register(courseChangeRoutes(services, budget));
    await app.register(courseListRoutes(services));
    await app.register(teacherCourseRoutes(services));
    await app.register(privateDetailRoutes(services));
    await app.register(moduleRoutes(services, budget));
    await app.register(lessonRoutes(services));
    await app.register(couponRoutes(services));
    await app.register(enrollmentRoutes(services));
    await app.register(courseRatingRoutes(services));
    await app.register(ownRatingRoutes(services));
    await app.register(uploadCredentialRoutes(services));
    await app.register(videoStatusRoutes(services));
    await app.register(lessonStatusRoutes(services));
    await app.register(teacherAssessmentRoutes(services));
    await app.register(attemptRoutes(services));
  };

const foreignOrigin = (origin: string): string => `CSRF Failed: Origin checking failed - ${origin} does not match any trusted origins.`;

/** What holds for all routes of the surface. Register before them. */
export const useDjangoManner = async (app: FastifyInstance, services: HttpServices): Promise<void> => {
  app.addHook('onRequest', sameOriginOnly(services.config, foreignOrigin));
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
