import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../http-services.js';

/** The marketplace surface, api/marketplace.md: at the root, one plugin per resource. */
export const marketplace =
  (_services: HttpServices): FastifyPluginAsync =>
  async () => {};
