import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { HttpServices } from '../http-services.js';
import { factFeedRoutes } from './feed.js';
import { funnelRoutes } from './funnel.js';
import { seriesRoutes } from './series.js';
import { topRoutes } from './top.js';

/** Everything below /analytics. */
export const analytics =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    for (const routes of [seriesRoutes, topRoutes, funnelRoutes, factFeedRoutes]) await app.register(routes(services));
  };
