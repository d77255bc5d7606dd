import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ownOrigin } from '../shared/own-origin.js';
import { BASE_PATH } from './surface.js';

const asWritten = (url: string): string => url.replaceAll(/:(\w+)/g, '<$1>');

/** Watches the routes that are registered after it, and serves the list of their URLs (section "API Endpoints List"). */
export const endpointList = (app: FastifyInstance): FastifyPluginAsync => {
  const paths = new Set<string>();
  app.addHook('onRoute', ({ url }) => {
    if (url.startsWith(`${BASE_PATH}/`)) paths.add(asWritten(url));
  });
  const urlsFor = (request: FastifyRequest): string[] => [...paths].map((path) => `${ownOrigin(request)}${path}`);
  return async (routes) => {
    routes.get(
      BASE_PATH,
      {
        schema: { tags: ['EduPro: endpoints'], summary: 'API endpoints list', response: { 200: Type.Array(Type.String()) } },
        config: { access: 'public', reads: [] },
      },
      async (request) => urlsFor(request),
    );
  };
};
