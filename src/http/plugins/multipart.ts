import multipart from '@fastify/multipart';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { takesBody } from './route-table.js';
import { Problem } from '../shared/problem.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True: the route reads uploaded files. All others refuse multipart bodies. */
    multipart?: boolean;
  }
}

const refuseMultipart: onRequestHookHandler = (request, _reply, done) => {
  const isMultipart = request.headers['content-type']?.toLowerCase().startsWith('multipart/') ?? false;
  if (isMultipart) done(new Problem(415, 'unsupported-media-type', 'This takes application/json.'));
  else done();
};

export const useMultipart = async (app: FastifyInstance): Promise<void> => {
  await app.register(multipart, {
    limits: { fileSize: 10 * 1_048_576, files: 5, fields: 50, fieldSize: 1_048_576, parts: 55, headerPairs: 100 },
  });
  app.addHook('onRoute', (route) => {
    if (route.config?.multipart !== true && takesBody(route)) route.onRequest = [...[route.onRequest ?? []].flat(), refuseMultipart];
  });
};
