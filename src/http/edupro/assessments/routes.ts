import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { assessmentRoutes } from './assessment.js';
import { assessmentsRoutes } from './assessments.js';
import { optionRoutes } from './option.js';
import { optionsRoutes } from './options.js';
import { questionRoutes } from './question.js';
import { questionsRoutes } from './questions.js';

/** What a teacher does with assessments (10.1 to 10.6). */
export const teacherAssessmentRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(assessmentsRoutes(services));
    await app.register(assessmentRoutes(services));
    await app.register(questionsRoutes(services));
    await app.register(questionRoutes(services));
    await app.register(optionsRoutes(services));
    await app.register(optionRoutes(services));
  };
