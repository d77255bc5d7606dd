import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { useAuthentication } from './authentication.js';
import { minPosition } from './min-position.js';
import { NextTurn } from './next-turn.js';
import { securityHeaders } from './security.js';

/**
 * What is done for each request before its route: the headers of all answers, who asks and whether they may, and how
 * far the read models must be. One hook, because a hook costs as much as what any of these does.
 */
export const useEntrance = async (app: FastifyInstance, services: HttpServices): Promise<void> => {
  const headers = await securityHeaders(services);
  const identify = await useAuthentication(app, services);
  const reachPosition = minPosition(services);
  const turn = new NextTurn();

  const admit = (request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined => {
    void reply.header('x-request-id', request.id).headers(headers);
    const identified = identify(request);
    return identified === undefined ? reachPosition(request) : identified.then(() => reachPosition(request));
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
