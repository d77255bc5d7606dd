import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { assessmentRoutes } from './assessments.js';
import { optionRoutes } from './options.js';
import { questionRoutes } from './questions.js';

/** What a teacher does with assessments (10.1 to 10.6). */
export const teacherAssessmentRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(assessmentRoutes(services));
    await app.register(questionRoutes(services));
    await app.register(optionRoutes(services));
  };
