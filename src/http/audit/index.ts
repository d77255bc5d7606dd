import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { HttpServices } from '../http-services.js';
import { accessRoutes, recordAccesses } from './accesses.js';
import { auditorRoutes } from './auditors.js';
import { checkpointRoutes } from './checkpoints.js';
import { exportRoutes } from './export.js';
import { proofRoutes } from './proofs.js';
import { searchRoutes } from './search.js';
import { stateRoutes } from './stream-states.js';
import { traceRoutes } from './traces.js';
import { auditRoutes } from './streams.js';

/** Everything below /audit. */
export const audit =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    recordAccesses(app, services);
    for (const routes of [auditRoutes, stateRoutes, searchRoutes, traceRoutes, exportRoutes, accessRoutes, auditorRoutes, checkpointRoutes, proofRoutes]) {
      await app.register(routes(services));
    }
  };
