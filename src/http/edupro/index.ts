import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { useCookies } from '../plugins/cookies.js';
import { useMultipart } from '../plugins/multipart.js';
import { teacherLoginRoutes } from './auth/teacher-login.js';
import { tokenRoutes } from './auth/tokens.js';
import { useDjangoBodies } from './bodies.js';
import { endpointList } from './endpoints.js';
import { lessonRoutes } from './lessons/index.js';
import { moduleRoutes } from './modules/index.js';
import { sameOriginOnly } from './same-origin.js';
import { profileRoutes } from './profiles/index.js';
import { courseRatingRoutes } from './ratings/course-ratings.js';
import { ownRatingRoutes } from './ratings/own-rating.js';
import { studentRoutes } from './students/index.js';
import { BASE_PATH } from './surface.js';
import { uploadCredentialRoutes } from './videos/upload-credentials.js';

const resources =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(teacherLoginRoutes(services));
    await app.register(tokenRoutes(services));
    await app.register(profileRoutes(services));
    await app.register(studentRoutes(services));
    await app.register(courseRatingRoutes(services));
    await app.register(ownRatingRoutes(services));
    await app.register(uploadCredentialRoutes(services));
    await app.register(moduleRoutes(services));
    await app.register(lessonRoutes(services));
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
    await app.register(resources(services), { prefix: BASE_PATH });
  };
