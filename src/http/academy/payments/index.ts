import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { AreaCounts } from './area-counts.js';
import { decisionRoutes } from './decisions.js';
import { paymentListRoutes } from './lists.js';
import { operationRoutes } from './operations.js';
import { ownPaymentRoutes } from './own.js';
import { recountRoutes } from './recount.js';
import { statisticsRoutes } from './statistics.js';
import { submissionRoutes } from './submission.js';

export const paymentRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    const counts = new AreaCounts(services.commands.clock.now());
    counts.watch(app);
    await app.register(submissionRoutes(services));
    await app.register(paymentListRoutes(services));
    await app.register(ownPaymentRoutes(services));
    await app.register(decisionRoutes(services));
    await app.register(statisticsRoutes(services));
    await app.register(operationRoutes(services, counts));
    await app.register(recountRoutes(services));
  };
