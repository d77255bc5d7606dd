import { createServer, type IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { HttpConfig } from '../http-services.js';
import { TIMEOUTS } from '../plugins/slow-readers.js';
import { Problem } from '../shared/problem.js';
import { secretMatcher } from '../shared/secret-matcher.js';

/** Requests that came in by OPERATIONS_PORT. */
const byOwnPort = new WeakSet<IncomingMessage>();

const PATHS = /^\/(?:metrics|health|docs(?:\/.*)?)\/?$/;
/** The second form is what browsers and Prometheus send for user and password; any user will do. */
const BEARER = /^bearer +(\S+)$/i;
const BASIC = /^basic +(\S+)$/i;

const sentToken = ({ headers: { authorization = '' } }: FastifyRequest): string => {
  const basic = BASIC.exec(authorization)?.[1];
  if (basic === undefined) return BEARER.exec(authorization)?.[1] ?? '';
  const pair = Buffer.from(basic, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
};

const unauthenticated = (detail: string): Problem => {
  const problem = new Problem(401, 'unauthenticated', detail);
  problem.headers['www-authenticate'] = 'Basic realm="Registrar, operations", Bearer';
  return problem;
};

export type OperationsConfig = Pick<HttpConfig, 'production' | 'operationsToken' | 'operationsPort'>;

/**
 * Refuses everybody but operators: whoever comes by OPERATIONS_PORT, where there is one, and has OPERATIONS_TOKEN, where there is one.
 * Without either, nobody in production, and anybody elsewhere.
 */
export const operatorsOnly = ({ production, operationsToken, operationsPort }: OperationsConfig): onRequestHookHandler => {
  const isToken = operationsToken === null ? null : secretMatcher(operationsToken);
  return (request, _reply, done) => {
    const [path = '/'] = request.url.split('?');
    if (operationsPort !== null && !byOwnPort.has(request.raw)) done(new Problem(404, 'no-such-route', `Nothing answers ${request.method} ${path}.`));
    else if (isToken !== null) done(isToken(sentToken(request)) ? undefined : unauthenticated('This is for operators, who have the token.'));
    else if (production && operationsPort === null) done(unauthenticated('This is for operators, and closed until OPERATIONS_TOKEN or OPERATIONS_PORT is set.'));
    else done();
  };
};

/** Answers what is for operators, and /health, on a port that need not be open to others. */
export const openOperationsServer = async (app: FastifyInstance, address: { readonly host: string; readonly port: number }) => {
  const server = createServer({ headersTimeout: TIMEOUTS.headersMs, requestTimeout: TIMEOUTS.bodyMs }, (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    if (!PATHS.test(path)) {
      response.writeHead(404).end();
      return;
    }
    byOwnPort.add(request);
    app.routing(request, response);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(address, resolve));
  const listening = server.address();
  return {
    port: typeof listening === 'object' && listening !== null ? listening.port : address.port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
