import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler, preValidationHookHandler } from 'fastify';
import { aggregates } from '../../domain/aggregates.js';
import { digest } from '../../primitives/canonical-json.js';
import type { CommandContext } from '../../commands/context.js';
import type { RecordedAnswer } from '../../domain/idempotent-request/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { HttpServices } from '../http-services.js';
import { actorIdOf } from '../shared/access.js';
import { Problem } from '../shared/problem.js';
import { takesBody } from './route-table.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The request carries an Idempotency-Key and its answer is to be recorded under this id. */
    recordedAs: string | null;
  }
}

const KEY = /^[\x21-\x7e]{1,255}$/;
const NAMESPACE = 'b7d1b0a6-6a53-5b63-9b0c-0a4c1f4f6f0e';
/** What the client may do about these changes, so a repeat is asked anew. 202: the repeat sees the finished answer. */
const NOT_RECORDED = new Set([202, 401, 403, 429]);
const RECORDED_HEADERS = ['content-type', 'x-position', 'location', 'etag'];

const keyOf = (request: FastifyRequest): string | null => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && KEY.test(key)) return key;
  const message = 'must be 1 to 255 printable ASCII characters without spaces';
  throw new Problem(400, 'validation-failed', `Idempotency-Key ${message}`, [{ field: 'Idempotency-Key', message }]);
};

/** Keys of different callers never meet. */
const commandIdOf = (request: FastifyRequest, key: string): string => {
  const actorId = actorIdOf(request);
  const caller = actorId === null ? `ip ${request.ip}` : `account ${actorId}`;
  return uuidV5(key, uuidV5(caller, NAMESPACE));
};

const fingerprintOf = (request: FastifyRequest): string => digest([request.method, request.url, request.body ?? null]);

const contextFor = (request: FastifyRequest, commandId: string, step: string): CommandContext => ({
  commandId: uuidV5(step, commandId),
  actorId: actorIdOf(request),
  correlationId: request.id,
  causationId: commandId,
});

const recordableHeaders = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(
    RECORDED_HEADERS.map((name) => [name, reply.getHeader(name)]).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

const isRecordable = (reply: FastifyReply, payload: unknown): payload is string | null | undefined =>
  reply.statusCode < 500 && !NOT_RECORDED.has(reply.statusCode) && (typeof payload === 'string' || payload === undefined || payload === null);

/**
 * A request with an Idempotency-Key is carried out once. Its fingerprint is recorded first and its answer last; in
 * between, its commands carry ids derived from the key, so that a repeat after a crash does nothing twice and comes
 * to the same answer.
 */
export const useIdempotency = (app: FastifyInstance, { commands }: HttpServices): void => {
  const { handler, clock } = commands;
  const underWay = new Set<string>();
  app.decorateRequest('recordedAs', null);

  const receive = (request: FastifyRequest, requestId: string) => {
    const fingerprint = fingerprintOf(request);
    return handler.handle(
      aggregates.request,
      requestId,
      { type: 'ReceiveRequest', data: { requestId, fingerprint, at: clock.now().toISOString() } },
      contextFor(request, requestId, `receive ${fingerprint}`),
    );
  };

  /** The answer of an earlier time; null where the request is to be carried out now. */
  const earlierAnswer = async (request: FastifyRequest, requestId: string): Promise<RecordedAnswer | null> => {
    const isUnderWay = underWay.has(requestId);
    if (!isUnderWay) underWay.add(requestId);
    try {
      const received = await receive(request, requestId);
      if (!received.ok) throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key came with another request before.');
      if (received.state.status === 'answered') {
        if (!isUnderWay) underWay.delete(requestId);
        return received.state.answer;
      }
    } catch (error) {
      if (!isUnderWay) underWay.delete(requestId);
      throw error;
    }
    if (isUnderWay) throw new Problem(409, 'request-under-way', 'The first request with this Idempotency-Key is still under way.');
    request.commandId = requestId;
    request.recordedAs = requestId;
    return null;
  };

  const replay: preValidationHookHandler = (request, reply, done) => {
    if (request.headers['idempotency-key'] === undefined) {
      done();
      return;
    }
    const answerOnce = async (): Promise<RecordedAnswer | null> => {
      const key = keyOf(request);
      return key === null ? null : earlierAnswer(request, commandIdOf(request, key));
    };
    answerOnce().then((answer) => {
      if (answer === null) done();
      else void reply.code(answer.status).headers({ ...answer.headers, 'idempotency-replayed': 'true' }).send(answer.body);
    }, done);
  };

  const record = async (request: FastifyRequest, requestId: string, reply: FastifyReply, body: string): Promise<void> => {
    const { statusCode: status } = reply;
    const at = clock.now().toISOString();
    await handler.handle(
      aggregates.request,
      requestId,
      { type: 'AnswerRequest', data: { requestId, status, headers: recordableHeaders(reply), body, at } },
      contextFor(request, requestId, 'answer'),
    );
  };

  const finish = async (request: FastifyRequest, requestId: string, reply: FastifyReply, payload: unknown): Promise<void> => {
    try {
      if (isRecordable(reply, payload)) await record(request, requestId, reply, payload ?? '');
    } finally {
      underWay.delete(requestId);
    }
  };

  const recordAnswer: onSendHookHandler = (request, reply, payload, done) => {
    const requestId = request.recordedAs;
    if (requestId === null) done(null, payload);
    else finish(request, requestId, reply, payload).then(() => done(null, payload), done);
  };

  app.addHook('onRoute', (route) => {
    if (!takesBody(route) || route.config?.idempotent === false) return;
    route.preValidation = [replay, ...[route.preValidation ?? []].flat()];
    route.onSend = [...[route.onSend ?? []].flat(), recordAnswer];
  });
};
