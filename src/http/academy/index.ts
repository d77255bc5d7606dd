import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { useCookies } from '../plugins/cookies.js';
import { useMultipart } from '../plugins/multipart.js';
import { sameOriginOnly } from '../shared/same-origin.js';
import { assignmentChangeRoutes } from './assignments/changes.js';
import { assignmentReadRoutes } from './assignments/reads.js';
import { authRoutes } from './auth/index.js';
import { courseRoutes } from './courses/index.js';
import { materialChangeRoutes } from './materials/changes.js';
import { materialReadRoutes } from './materials/reads.js';
import { packageRoutes } from './packages/index.js';
import { sessionRoutes } from './sessions/routes.js';
import { emailRoutes } from './email/index.js';
import { enrollmentRoutes } from './enrollments/index.js';
import { groupPaymentRoutes } from './group-payments/index.js';
import { paymentRoutes } from './payments/index.js';
import { handInRoutes } from './submissions/hand-in.js';
import { submissionReadRoutes } from './submissions/reads.js';
import { administrationRoutes } from './users/administration.js';
import { importRoutes } from './users/import.js';
import { BASE_PATH } from './surface.js';

const resources =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(authRoutes(services));
    await app.register(administrationRoutes(services));
    await app.register(importRoutes(services));
    await app.register(courseRoutes(services));
    await app.register(sessionRoutes(services));
    await app.register(packageRoutes(services));
    await app.register(materialReadRoutes(services));
    await app.register(materialChangeRoutes(services));
    await app.register(emailRoutes(services));
    await app.register(paymentRoutes(services));
    await app.register(groupPaymentRoutes(services));
    await app.register(enrollmentRoutes(services));
    await app.register(assignmentReadRoutes(services));
    await app.register(assignmentChangeRoutes(services));
    await app.register(submissionReadRoutes(services));
    await app.register(handInRoutes(services));
  };

const foreignOrigin = (origin: string): string => `Access denied. Requests from ${origin} are not accepted.`;

/** What holds for all routes of the surface. Register before them. */
const useAcademyManner = async (app: FastifyInstance, services: HttpServices): Promise<void> => {
  app.addHook('onRequest', sameOriginOnly(services.config, foreignOrigin));
  await useCookies(app, services);
  await useMultipart(app);
};

export const academy =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await useAcademyManner(app, services);
    await app.register(resources(services), { prefix: BASE_PATH });
  };
