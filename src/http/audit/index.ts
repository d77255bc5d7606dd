import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { HttpServices } from '../http-services.js';
import { auditorRoutes } from './auditors.js';
import { checkpointRoutes } from './checkpoints.js';
import { proofRoutes } from './proofs.js';
import { searchRoutes } from './search.js';
import { stateRoutes } from './stream-states.js';
import { auditRoutes } from './streams.js';

/** Everything below /audit. */
export const audit =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(auditRoutes(services));
    await app.register(stateRoutes(services));
    await app.register(searchRoutes(services));
    await app.register(auditorRoutes(services));
    await app.register(checkpointRoutes(services));
    await app.register(proofRoutes(services));
  };
