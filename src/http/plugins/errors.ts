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

const noSuchRoute = ({ method, url }: FastifyRequest, routes: RouteTable): Problem => {
  const [path = '/'] = url.split('?');
  const allowed = routes.methodsOf(path);
  const shown = shownUrl(path);
  if (allowed.length === 0) return new Problem(404, 'no-such-route', `Nothing answers ${method} ${shown}.`);
  const problem = new Problem(405, 'method-not-allowed', `${shown} answers ${allowed.join(', ')}.`);
  problem.headers['allow'] = allowed.join(', ');
  return problem;
};

/** Answers a request that no route takes; false: it does not. */
type Elsewhere = (request: FastifyRequest, reply: FastifyReply) => boolean;

/** Error handler, 404 and 405; `elsewhere` comes before these two. */
export const useErrors = (app: FastifyInstance, surfaces: Surfaces, routes: RouteTable, elsewhere: Elsewhere = () => false): void => {
  for (const { errorSchema } of surfaces.all) app.addSchema(errorSchema);
  app.setErrorHandler((error, request, reply) => answerError(surfaces, error, request, reply));
  const limit = app.hasDecorator('rateLimit') ? app.rateLimit() : undefined;
  const refuse = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    await limit?.call(app, request, reply);
    if (elsewhere(request, reply)) return;
    throw noSuchRoute(request, routes);
  };
  // Before the body is read: a form or a broken text is no reason to answer otherwise.
  app.addHook('onRequest', (request, reply, done) => {
    if (request.is404) refuse(request, reply).catch(done);
    else done();
  });
};
