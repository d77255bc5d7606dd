import type { RefreshSessionRejection } from '../../commands/accounts/refresh-session.js';
import type { SessionRejection } from '../../domain/session/decider.js';
import type { Answer } from './answer.js';

const badToken: Answer = ['unauthenticated', 'The refresh token is not valid.'];

export const sessionRefusals = {
  'session-not-found': badToken,
  'session-exists': ['conflict', 'The session already exists.'],
  'session-ended': ['unauthenticated', 'The session has ended. Log in again.'],
  'session-expired': ['unauthenticated', 'The session has expired. Log in again.'],
  'refresh-token-unknown': badToken,
  'refresh-token-invalid': badToken,
  'refresh-token-reused': ['unauthenticated', 'The refresh token was used before, so its session has ended. Log in again.'],
} satisfies Record<SessionRejection | RefreshSessionRejection, Answer>;
