import { Type } from 'typebox';
import { defineEvent, Id, Nullable, Timestamp, type EventOf } from '../kernel/event-schema.js';

const common = { sessionId: Id, accountId: Id };

export const sessionEvents = [
  defineEvent('SessionOpened', 'A login opened a family of refresh tokens; the first is generation 0.', {
    ...common,
    /** The number of password changes so far: another password ends the session. */
    credentialsVersion: Type.Integer({ minimum: 0 }),
    expiresAt: Timestamp,
    openedAt: Timestamp,
  }),
  defineEvent('SessionRefreshed', 'The refresh token was exchanged for one of the next generation.', {
    ...common,
    generation: Type.Integer({ minimum: 1 }),
    expiresAt: Timestamp,
    refreshedAt: Timestamp,
  }),
  defineEvent('SessionContextSwitched', 'The session works within an organization from now on; null: within none.', {
    ...common,
    organizationId: Nullable(Id),
    switchedAt: Timestamp,
  }),
  defineEvent('SessionEnded', 'No token of the family is good from now on.', {
    ...common,
    reason: Type.Enum(['logout', 'refresh-token-reused', 'password-changed']),
    endedAt: Timestamp,
  }),
] as const;

export type SessionEvent = EventOf<(typeof sessionEvents)[number]>;
