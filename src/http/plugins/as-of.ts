import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { momentToCome, parseMoment, splitMoment } from '../shared/asked-moment.js';
import type { Moment, PastAnswer, PastAnswers } from '../shared/past-answers.js';
import { forbidden, Problem } from '../shared/problem.js';
import { readsOf } from '../shared/reads.js';

/** Whether a route can be asked as of a moment. */
export const answersPast = ({ method, schema, config }: RouteOptions): boolean =>
  [method].flat().every((name) => name === 'GET' || name === 'HEAD') && schema !== undefined && schema.hide !== true && config?.asOf !== false && config?.feed !== true;

/** Headers of the answer that this server sets by itself. */
const OWN_HEADERS = new Set(['content-length', 'date', 'connection', 'keep-alive', 'transfer-encoding', 'x-request-id']);
/** A position of today is none of then. */
const NOT_PASSED_ON = new Set(['x-min-position', 'content-length', 'transfer-encoding', 'connection']);
const REFUSALS = new Set([401, 403, 429]);
const RETRY_AFTER_SECONDS = 5;

type Headers = Readonly<Record<string, number | string | string[] | undefined>>;

const setHeaders = (reply: FastifyReply, headers: Headers): void => {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined && !OWN_HEADERS.has(name)) void reply.header(name, value);
};

const passedOn = (request: FastifyRequest) => ({
  ...Object.fromEntries(Object.entries(request.headers).filter(([name]) => !NOT_PASSED_ON.has(name))),
  'x-request-id': request.id,
});

const assertMayAsk = (request: FastifyRequest): void => {
  const role = request.isService ? null : accountOf(request).role;
  if (role !== 'admin' && role !== 'auditor') throw forbidden('Answers as of a moment are for admin, auditor only.');
};

const unsupported = (): Problem => new Problem(400, 'as-of-unsupported', 'asOf: this can only be asked as it is now.', [{ field: 'asOf', message: 'is not supported here' }]);

const send = (reply: FastifyReply, { position }: Moment, answer: PastAnswer): void => {
  void reply.header('x-as-of', position.toString());
  if (answer.kind === 'building') {
    const body = { status: 'building', position: position.toString(), percent: answer.percent };
    void reply.code(202).header('retry-after', RETRY_AFTER_SECONDS).type('application/json; charset=utf-8').send(Buffer.from(JSON.stringify(body)));
    return;
  }
  setHeaders(reply, answer.headers);
  void reply.code(answer.status).send(answer.body);
};

/**
 * Answers `?asOf=` of a GET: for admins and auditors, as it was at that moment. It comes last before the handler, so that the present
 * decides on the caller, the form of the query and the limits. Where a rule decides about the thing, the present answer is asked first.
 */
export const useAsOf = (app: FastifyInstance, { past }: Pick<HttpServices, 'past'>): void => {
  if (past === null) return;

  const refusalOfToday = async (request: FastifyRequest, method: 'GET' | 'HEAD', url: string) => {
    if (request.routeOptions.config.rule === undefined) return undefined;
    const today = await app.inject({ method, url, headers: passedOn(request), remoteAddress: request.socket.remoteAddress ?? request.ip });
    return REFUSALS.has(today.statusCode) ? today : undefined;
  };

  const answerPast = async (answers: PastAnswers, request: FastifyRequest, reply: FastifyReply, { url, asOf }: { readonly url: string; readonly asOf: string }): Promise<void> => {
    assertMayAsk(request);
    const moment = await answers.momentOf(parseMoment(asOf));
    if (moment === undefined) throw momentToCome();
    const method = request.method === 'HEAD' ? 'HEAD' : 'GET';
    const refusal = await refusalOfToday(request, method, url);
    if (refusal !== undefined) {
      setHeaders(reply, refusal.headers);
      void reply.code(refusal.statusCode).send(refusal.rawPayload);
      return;
    }
    const remoteAddress = request.socket.remoteAddress ?? request.ip;
    const account = accountOf(request);
    const asked = { method, url, headers: passedOn(request), remoteAddress, caller: account.accountId, identity: JSON.stringify(account), reads: readsOf(request) } as const;
    send(reply, moment, await answers.answer(moment, asked));
  };

  app.addHook('onRoute', (route) => {
    if (![route.method].flat().includes('GET') && ![route.method].flat().includes('HEAD')) return;
    const isAnswered = answersPast(route);
    const serve = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
      try {
        const split = splitMoment(request.raw.url ?? '');
        if (split === undefined) return done();
        if (!isAnswered) return done(unsupported());
        answerPast(past, request, reply, split).catch(done);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    };
    route.preHandler = [...[route.preHandler ?? []].flat(), serve];
  });
};
