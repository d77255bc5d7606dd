import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../shared/problem.js';
import type { Surfaces } from '../shared/surface.js';
import { errorAnswer } from './error-answers.js';
import type { RouteTable } from './route-table.js';
import { shownUrl } from './shown-url.js';

/** Answers any error, also one from before a route was found. */
export const answerError = (surfaces: Surfaces, error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const answer = errorAnswer(error, surfaces.of(request), request);
  request.isInvalid = answer.isInvalid;
  if (answer.status === 500) request.log.error({ requestId: request.id, err: error }, 'request failed');
  else if (answer.status > 500) request.log.warn({ requestId: request.id, err: error }, 'request could not be answered now');
  void reply.code(answer.status).headers(answer.headers).send(JSON.stringify(answer.body));
};

/** Error handler, 404 and 405. */
export const useErrors = (app: FastifyInstance, surfaces: Surfaces, routes: RouteTable): void => {
  for (const { errorSchema } of surfaces.all) app.addSchema(errorSchema);
  app.setErrorHandler((error, request, reply) => answerError(surfaces, error, request, reply));
  const limit = app.hasDecorator('rateLimit') ? { preHandler: app.rateLimit() } : {};
  app.setNotFoundHandler(limit, (request) => {
    const [path = '/'] = request.url.split('?');
    const allowed = routes.methodsOf(path);
    const shown = shownUrl(path);
    if (allowed.length === 0) throw new Problem(404, 'no-such-route', `Nothing answers ${request.method} ${shown}.`);
    const problem = new Problem(405, 'method-not-allowed', `${shown} answers ${allowed.join(', ')}.`);
    problem.headers['allow'] = allowed.join(', ');
    throw problem;
  });
};
