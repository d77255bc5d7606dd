import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler, preValidationHookHandler } from 'fastify';
import { RecordedAnswersUnavailable, type EarlierRequest, type RecordedAnswer, type RecordedAnswers } from '../../ports/recorded-answers.js';
import { digest } from '../../primitives/canonical-json.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { Clock } from '../../ports/clock.js';
import type { HttpServices } from '../http-services.js';
import { actorIdOf } from '../shared/access.js';
import { Problem } from '../shared/problem.js';
import { takesBody } from './route-table.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set when the request has an Idempotency-Key: its answer is recorded under this id. */
    recordedAs: string | null;
    /** The request was refused for its form, before anything was done. Such refusals are not recorded. */
    isInvalid: boolean;
    /** The answer is not recorded: it has what nobody may keep, or a repeat has more to say. */
    isPassing: boolean;
  }
}

const KEY = /^[\x21-\x7e]{1,255}$/;
const NAMESPACE = 'b7d1b0a6-6a53-5b63-9b0c-0a4c1f4f6f0e';
/** These statuses are not recorded: a repeat may succeed. 202: the repeat sees the finished answer. */
const NOT_RECORDED = new Set([202, 401, 403, 429]);
/** The repeat of a request with a longer answer is carried out again: its commands know that they were. */
const MOST_RECORDED_BYTES = 131_072;
const REUSED = 'This Idempotency-Key came with another request before.';
const RECORDED_HEADERS = ['content-type', 'x-position', 'location', 'etag'];

const keyOf = (request: FastifyRequest): string | null => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && KEY.test(key)) return key;
  const message = 'must be 1 to 255 printable ASCII characters without spaces';
  throw new Problem(400, 'validation-failed', `Idempotency-Key ${message}`, [{ field: 'Idempotency-Key', message }]);
};

/** Keys of different callers never meet. */
const requestIdOf = (request: FastifyRequest, key: string): string => {
  const actorId = actorIdOf(request);
  const caller = actorId === null ? `ip ${request.ip}` : `account ${actorId}`;
  return uuidV5(key, uuidV5(caller, NAMESPACE));
};

const fingerprintOf = (request: FastifyRequest): string => digest([request.method, request.url, request.body ?? null]);

const recordableHeaders = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(
    RECORDED_HEADERS.map((name) => [name, reply.getHeader(name)]).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

const isShortText = (payload: unknown): payload is string => typeof payload === 'string' && Buffer.byteLength(payload) <= MOST_RECORDED_BYTES;

const isRecordable = (reply: FastifyReply, payload: unknown): payload is string | null | undefined =>
  reply.statusCode < 500 && !NOT_RECORDED.has(reply.statusCode) && (isShortText(payload) || payload === undefined || payload === null);

/** Requests are carried out also while the store of answers is away. */
const ifReachable = async <Result>(request: FastifyRequest, asked: Promise<Result>, otherwise: Result): Promise<Result> => {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof RecordedAnswersUnavailable)) throw error;
    request.log.warn({ err: error }, 'an Idempotency-Key could not be looked up or recorded');
    return otherwise;
  }
};

/** Requests with an Idempotency-Key: which are under way here, and what others were answered. */
class KeyedRequests {
  readonly #underWay = new Set<string>();

  constructor(
    readonly answers: RecordedAnswers,
    readonly clock: Clock,
  ) {}

  /** The recorded answer; null when the request is to be carried out now. */
  async earlierAnswer(request: FastifyRequest, requestId: string): Promise<RecordedAnswer | null> {
    const fingerprint = fingerprintOf(request);
    const isUnderWay = this.#underWay.has(requestId);
    if (!isUnderWay) this.#underWay.add(requestId);
    try {
      const earlier = await this.#receive(request, requestId, fingerprint);
      if (earlier !== null && earlier.fingerprint !== fingerprint) throw new Problem(422, 'idempotency-key-reused', REUSED);
      if (earlier !== null && earlier.answer !== null) {
        if (!isUnderWay) this.#underWay.delete(requestId);
        return earlier.answer;
      }
    } catch (error) {
      if (!isUnderWay) this.#underWay.delete(requestId);
      throw error;
    }
    if (isUnderWay) throw new Problem(409, 'request-under-way', 'The first request with this Idempotency-Key is still under way.');
    request.commandId = uuidV5(fingerprint, requestId);
    request.recordedAs = requestId;
    return null;
  }

  async finish(request: FastifyRequest, requestId: string, reply: FastifyReply, payload: unknown): Promise<void> {
    try {
      if (request.isInvalid) await ifReachable(request, this.answers.release(requestId), undefined);
      if (request.isInvalid || request.isPassing || !isRecordable(reply, payload)) return;
      const answer = { status: reply.statusCode, headers: recordableHeaders(reply), body: payload ?? '' };
      await ifReachable(request, this.answers.record(requestId, answer), undefined);
    } finally {
      this.#underWay.delete(requestId);
    }
  }

  #receive(request: FastifyRequest, id: string, fingerprint: string): Promise<EarlierRequest | null> {
    const received = { id, fingerprint, accountId: request.account?.accountId ?? null, receivedAt: this.clock.now() };
    return ifReachable(request, this.answers.receive(received), null);
  }
}

/**
 * Carries out a request with an Idempotency-Key once. Its fingerprint is recorded first and its answer last. Its commands have
 * ids derived from key and fingerprint, so that a repeat does nothing twice, also after a crash or when the recorded answer has
 * expired: the present state then answers it.
 */
export const useIdempotency = (app: FastifyInstance, { commands: { clock }, answers }: HttpServices): void => {
  const requests = new KeyedRequests(answers, clock);
  app.decorateRequest('recordedAs', null);
  app.decorateRequest('isInvalid', false);
  app.decorateRequest('isPassing', false);

  const replay: preValidationHookHandler = (request, reply, done) => {
    if (request.headers['idempotency-key'] === undefined) {
      done();
      return;
    }
    const answerOnce = async (): Promise<RecordedAnswer | null> => {
      const key = keyOf(request);
      return key === null ? null : requests.earlierAnswer(request, requestIdOf(request, key));
    };
    answerOnce().then((answer) => {
      if (answer === null) done();
      else void reply.code(answer.status).headers({ ...answer.headers, 'idempotency-replayed': 'true' }).send(answer.body);
    }, done);
  };

  const recordAnswer: onSendHookHandler = (request, reply, payload, done) => {
    const requestId = request.recordedAs;
    if (requestId === null) done(null, payload);
    else requests.finish(request, requestId, reply, payload).then(() => done(null, payload), done);
  };

  app.addHook('onRoute', (route) => {
    if (!takesBody(route) || route.config?.idempotent === false) return;
    route.preValidation = [replay, ...[route.preValidation ?? []].flat()];
    route.onSend = [...[route.onSend ?? []].flat(), recordAnswer];
  });
};
