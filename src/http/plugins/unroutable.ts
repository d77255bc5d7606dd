import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpServices } from '../http-services.js';
import type { Surfaces } from '../shared/surface.js';
import { answerError } from './errors.js';
import { corsHeaders, securityHeaders } from './security.js';

/** Answers a request whose URL can't be routed: it meets no hook, so that it gets here what they give to all others. */
export const unroutable = (services: Pick<HttpServices, 'config'>, surfaces: Surfaces) => {
  const headers = securityHeaders(services);
  return (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    void reply.headers({ ...headers, 'x-request-id': request.id, ...corsHeaders(services, request) });
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    if (isPreflight) void reply.code(204).send();
    else answerError(surfaces, error, request, reply);
  };
};
