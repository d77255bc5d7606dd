import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { groupDecisionRoutes } from './decisions.js';
import { groupPaymentReadRoutes } from './reads.js';
import { groupSubmissionRoutes } from './submission.js';
import { emailValidationRoutes } from './validation.js';

export const groupPaymentRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(emailValidationRoutes(services));
    await app.register(groupSubmissionRoutes(services));
    await app.register(groupPaymentReadRoutes(services));
    await app.register(groupDecisionRoutes(services));
  };
