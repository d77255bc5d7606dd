import { errorCodes, type FastifyInstance } from 'fastify';

const ESCAPED_SURROGATE = /\\ud[89a-f]/i;

/** False when a string or a name in the value has a lone surrogate: no store and no hash could keep it as it is. */
const isWellFormed = (value: unknown): boolean => {
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === 'string' && !next.isWellFormed()) return false;
    if (typeof next !== 'object' || next === null) continue;
    for (const [name, field] of Object.entries(next)) left.push(name, field);
  }
  return true;
};

/**
 * Parses bodies of JSON. An empty one counts as no body, because clients send `Content-Type: application/json` also to
 * routes that take none.
 */
export const useJsonBodies = (app: FastifyInstance): void => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.trim() === '') return done(null, undefined);
    void parse(request, body, (error, parsed) => {
      const isRefused = error === null && ESCAPED_SURROGATE.test(body) && !isWellFormed(parsed);
      done(isRefused ? new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY() : error, parsed);
    });
  });
};
