import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, ProblemDetails } from '../shared/problem.js';
import { errorAnswer } from './error-answers.js';
import type { RouteTable } from './route-table.js';

/** Answers any error, also those met before a route was found. */
export const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const answer = errorAnswer(error, request.id);
  if (answer.status === 500) request.log.error({ requestId: request.id, err: error }, 'request failed');
  else if (answer.status > 500) request.log.warn({ requestId: request.id, err: error }, 'request could not be answered now');
  void reply.code(answer.status).headers(answer.headers).send(JSON.stringify(answer.body));
};

/** The one error handler, and what is said to a path or method that nobody answers. */
export const useErrors = (app: FastifyInstance, routes: RouteTable): void => {
  app.addSchema(ProblemDetails);
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  const limit = app.hasDecorator('rateLimit') ? { preHandler: app.rateLimit() } : {};
  app.setNotFoundHandler(limit, (request) => {
    const [path = '/'] = request.url.split('?');
    const allowed = routes.methodsOf(path);
    if (allowed.length === 0) throw new Problem(404, 'no-such-route', `Nothing answers ${request.method} ${path}.`);
    const problem = new Problem(405, 'method-not-allowed', `${path} answers ${allowed.join(', ')}.`);
    problem.headers['allow'] = allowed.join(', ');
    throw problem;
  });
};
