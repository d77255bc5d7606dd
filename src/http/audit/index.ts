import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { HttpServices } from '../http-services.js';
import { checkpointRoutes } from './checkpoints.js';
import { proofRoutes } from './proofs.js';
import { auditRoutes } from './streams.js';

/** Everything below /audit. */
export const audit =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(auditRoutes(services));
    await app.register(checkpointRoutes(services));
    await app.register(proofRoutes(services));
  };
