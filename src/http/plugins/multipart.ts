import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../shared/problem.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route reads uploaded files; all others refuse multipart bodies. */
    multipart?: boolean;
  }
}

export const useMultipart = async (app: FastifyInstance): Promise<void> => {
  await app.register(multipart, {
    limits: { fileSize: 10 * 1_048_576, files: 5, fields: 50, fieldSize: 1_048_576, parts: 55, headerPairs: 100 },
  });
  app.addHook('onRequest', (request, _reply, done) => {
    const isMultipart = request.headers['content-type']?.toLowerCase().startsWith('multipart/') ?? false;
    if (!isMultipart || request.is404 || request.routeOptions.config.multipart === true) done();
    else done(new Problem(415, 'unsupported-media-type', 'This takes application/json.'));
  });
};
