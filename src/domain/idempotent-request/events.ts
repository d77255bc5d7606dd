import { Type } from 'typebox';
import { defineEvent, Id, Personal, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const requestEvents = [
  defineEvent('RequestReceived', 'A request with an idempotency key came for the first time.', {
    requestId: Id,
    /** SHA-256 of method, path and body: the same key with another body is refused. */
    fingerprint: Type.String(),
    receivedAt: Timestamp,
  }),
  defineEvent('RequestAnswered', 'The answer that every repeat of the request gets again.', {
    requestId: Id,
    status: Type.Integer(),
    headers: Type.Record(Type.String(), Type.String()),
    body: Personal(Type.String()),
    answeredAt: Timestamp,
  }),
] as const;

export type RequestEvent = EventOf<(typeof requestEvents)[number]>;
