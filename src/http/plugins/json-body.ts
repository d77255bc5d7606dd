import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, preValidationHookHandler } from 'fastify';
import { refusalOfJson } from '../shared/json-shape.js';
import { Problem } from '../shared/problem.js';

const malformed = (detail: string): Problem => new Problem(400, 'malformed-json', detail);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True: a request without a body counts as one with an empty object. */
    bodyOptional?: boolean;
  }
}

const fillBody: preValidationHookHandler = (request, _reply, done) => {
  if (request.body === undefined) request.body = {};
  done();
};

/**
 * Parses bodies of JSON. An empty one counts as no body, because clients send `Content-Type: application/json` also to
 * routes that take none.
 */
export const useJsonBodies = (app: FastifyInstance): void => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (!isUtf8(bytes)) return done(malformed('The body must be UTF-8.'));
    const body = bytes.toString('utf8');
    if (body.trim() === '') return done(null, undefined);
    void parse(request, body, (error, parsed) => {
      const refusal = error === null ? refusalOfJson(body, parsed) : undefined;
      done(refusal === undefined ? error : malformed(`The body ${refusal}.`), parsed);
    });
  });
  app.addHook('onRoute', (route) => {
    if (route.config?.bodyOptional === true) route.preValidation = [fillBody, ...[route.preValidation ?? []].flat()];
  });
};
