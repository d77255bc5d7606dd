import type { FastifyInstance } from 'fastify';
import { shownUrl } from './shown-url.js';

/** Writes one line for each answer; it names the caller by id, never by address. */
export const useRequestLogging = (app: FastifyInstance, level: string): void => {
  if (!['info', 'debug', 'trace'].includes(level)) return;
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        requestId: request.id,
        method: request.method,
        url: shownUrl(request.url),
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 100) / 100,
        accountId: request.account?.accountId,
      },
      'answered',
    );
    done();
  });
};
