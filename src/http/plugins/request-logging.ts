import type { FastifyInstance } from 'fastify';

const EMAIL_IN_URL = /[^/?&=]+(?:@|%40)[^/?&=]+/gi;

/** An address in a path or a query does not belong in a log. */
export const withoutAddresses = (url: string): string => url.replaceAll(EMAIL_IN_URL, '[email]');

/** One line for each answer; who asked is the account's id, never an address. */
export const useRequestLogging = (app: FastifyInstance, level: string): void => {
  if (!['info', 'debug', 'trace'].includes(level)) return;
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        requestId: request.id,
        method: request.method,
        url: withoutAddresses(request.url),
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 100) / 100,
        accountId: request.account?.accountId,
      },
      'answered',
    );
    done();
  });
};
