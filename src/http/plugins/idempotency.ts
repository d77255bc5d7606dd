import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { v5 as uuidv5 } from 'uuid';
import { requestAggregate } from '../../commands/account-aggregates.js';
import { digest } from '../../commands/canonical-json.js';
import type { CommandContext } from '../../commands/context.js';
import type { HttpServices } from '../http-services.js';
import { Problem } from '../shared/problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The request carries an Idempotency-Key and its answer is to be recorded under this id. */
    recordedAs: string | null;
  }
}

const KEY = /^[\x21-\x7e]{1,255}$/;
const MUTATING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const NAMESPACE = 'b7d1b0a6-6a53-5b63-9b0c-0a4c1f4f6f0e';
/** What the client may do about these changes, so a repeat is asked anew. 202: the repeat sees the finished answer. */
const NOT_RECORDED = new Set([202, 401, 403, 429]);
const RECORDED_HEADERS = ['content-type', 'x-position', 'location', 'etag'];

const keyOf = (request: FastifyRequest): string | null => {
  const key = request.headers['idempotency-key'];
  if (key === undefined || request.is404 || !MUTATING.has(request.method)) return null;
  if (request.routeOptions.config.idempotent === false) return null;
  if (typeof key === 'string' && KEY.test(key)) return key;
  const message = 'must be 1 to 255 printable ASCII characters without spaces';
  throw new Problem(400, 'validation-failed', `Idempotency-Key ${message}`, [{ field: 'Idempotency-Key', message }]);
};

/** Keys of different callers never meet. */
const commandIdOf = (request: FastifyRequest, key: string): string => {
  const caller = request.account === null ? `ip ${request.ip}` : `account ${request.account.accountId}`;
  return uuidv5(key, uuidv5(caller, NAMESPACE));
};

const fingerprintOf = (request: FastifyRequest): string => digest([request.method, request.url, request.body ?? null]);

const contextFor = (request: FastifyRequest, commandId: string, step: string): CommandContext => ({
  commandId: uuidv5(step, commandId),
  actorId: request.account?.accountId ?? null,
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

  app.addHook('preValidation', async (request, reply) => {
    const key = keyOf(request);
    if (key === null) return;
    const requestId = commandIdOf(request, key);
    const fingerprint = fingerprintOf(request);
    const wasUnderWay = underWay.has(requestId);
    if (!wasUnderWay) underWay.add(requestId);
    try {
      const received = await handler.handle(
        requestAggregate,
        requestId,
        { type: 'ReceiveRequest', data: { requestId, fingerprint, at: clock.now().toISOString() } },
        contextFor(request, requestId, `receive ${fingerprint}`),
      );
      if (!received.ok) throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key came with another request before.');
      if (received.state.status === 'answered') {
        const { status, headers, body } = received.state.answer;
        if (!wasUnderWay) underWay.delete(requestId);
        return await reply.code(status).headers({ ...headers, 'idempotency-replayed': 'true' }).send(body);
      }
      if (wasUnderWay) throw new Problem(409, 'request-under-way', 'The first request with this Idempotency-Key is still under way.');
    } catch (error) {
      if (!wasUnderWay) underWay.delete(requestId);
      throw error;
    }
    request.commandId = requestId;
    request.recordedAs = requestId;
  });

  app.addHook('onSend', async (request, reply, payload: unknown) => {
    const requestId = request.recordedAs;
    if (requestId === null) return payload;
    try {
      if (isRecordable(reply, payload)) await record(request, requestId, reply, payload ?? '');
    } finally {
      underWay.delete(requestId);
    }
    return payload;
  });

  const record = async (request: FastifyRequest, requestId: string, reply: FastifyReply, body: string): Promise<void> => {
    const { statusCode: status } = reply;
    const at = clock.now().toISOString();
    await handler.handle(
      requestAggregate,
      requestId,
      { type: 'AnswerRequest', data: { requestId, status, headers: recordableHeaders(reply), body, at } },
      contextFor(request, requestId, 'answer'),
    );
  };
};
