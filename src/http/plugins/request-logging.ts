import type { FastifyInstance } from 'fastify';

const EMAIL_IN_URL = /[^/?&=]+(?:@|%40)[^/?&=]+/gi;

const TOKEN_IN_URL = /(?<=[?&]token=)[^&]+/g;

/** Email addresses in a path or a query, and the tokens of links in mails, do not belong in a log. */
export const withoutAddresses = (url: string): string => url.replaceAll(EMAIL_IN_URL, '[email]').replaceAll(TOKEN_IN_URL, '[token]');

/** Writes one line for each answer; it names the caller by id, never by address. */
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
