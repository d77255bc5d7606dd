import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { HttpServices } from '../http-services.js';
import { deadLetterRoutes } from './dead-letters.js';
import { operatedMailRoutes } from './mails.js';
import { operatedWorkerRoutes } from './operated-workers.js';
import { readModelRoutes, rebuildRoutes } from './read-models.js';

/** Everything below /operations. */
export const operations =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    for (const routes of [readModelRoutes, rebuildRoutes, operatedWorkerRoutes, deadLetterRoutes, operatedMailRoutes]) await app.register(routes(services));
  };
