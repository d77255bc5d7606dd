import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { useAuthentication } from './authentication.js';
import { assertReadable, readsOf } from '../shared/reads.js';
import { NextTurn } from './next-turn.js';
import { securityHeaders } from './security.js';
import type { SlowReaders } from './slow-readers.js';
import { assertUnicode } from './unicode-requests.js';

/**
 * Does for each request what comes before its route: headers, text that is no UTF-8, the caller and their access, the availability of the route's read
 * models. One hook, because a hook costs as much as either of these. The wait for X-Min-Position comes after the rate limit.
 */
export const useRequestStart = async (app: FastifyInstance, services: HttpServices, readers: SlowReaders): Promise<void> => {
  const headers = securityHeaders(services);
  const identify = await useAuthentication(app, services);
  const turn = new NextTurn();

  const admit = (request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined => {
    if (request.routeOptions.config.feed !== true) readers.begin(request.raw);
    void reply.header('x-request-id', request.id).headers(headers);
    assertUnicode(request);
    const identified = identify(request);
    const reads = readsOf(request);
    return identified === undefined ? assertReadable(services, reads) : identified.then(() => assertReadable(services, reads));
  };

  app.addHook('onRequest', (request, reply, done) => {
    let admitted: Promise<void> | undefined;
    try {
      admitted = admit(request, reply);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (admitted === undefined) turn.join(done);
    else admitted.then(() => done(), done);
  });
};
