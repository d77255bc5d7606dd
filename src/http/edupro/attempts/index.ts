import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { availableAssessmentRoutes } from './available.js';
import { gradingRoutes } from './grading.js';
import { pendingAnswerRoutes } from './pending.js';
import { attemptResultRoutes } from './results.js';
import { startAttemptRoutes } from './start.js';
import { submitAttemptRoutes } from './submit.js';

/** Students take assessments, and teachers grade their answers (10.7 to 10.13). */
export const attemptRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(availableAssessmentRoutes(services));
    await app.register(startAttemptRoutes(services));
    await app.register(submitAttemptRoutes(services));
    await app.register(attemptResultRoutes(services));
    await app.register(pendingAnswerRoutes(services));
    await app.register(gradingRoutes(services));
  };
