import { Type, type Static } from 'typebox';
import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

/** Why it was signed: another thousand events, ten minutes with something new, the end of the program, a person. */
export const CheckpointReason = Type.Enum(['events', 'time', 'stop', 'demand']);
export type CheckpointReason = Static<typeof CheckpointReason>;

export const auditCheckpointEvents = [
  defineEvent('AuditCheckpointSigned', 'The first `size` events of payments and coupons have this root (docs/audit-format.md). Signed, so that nobody can say otherwise later.', {
    size: Type.Integer({ minimum: 0 }),
    /** Base64. */
    root: Type.String(),
    /** The whole signed note (C2SP tlog-checkpoint). */
    note: Type.String(),
    /** The public key that verifies it. */
    vkey: Id,
    reason: CheckpointReason,
    signedAt: Timestamp,
  }),
] as const;

export type AuditCheckpointEvent = EventOf<(typeof auditCheckpointEvents)[number]>;
