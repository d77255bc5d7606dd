import type { RequestRejection } from '../../domain/idempotent-request/decider.js';
import type { Answer } from './answer.js';

export const requestRefusals = {
  'idempotency-key-reused': ['unprocessable', 'This Idempotency-Key came with another request before.'],
  'request-not-received': ['conflict', 'The request with this Idempotency-Key was never received.'],
} satisfies Record<RequestRejection, Answer>;
