import { Type, type Static } from 'typebox';
import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const GrantSource = Type.Enum(['payment', 'coupon', 'staff', 'organization', 'free']);
export type GrantSource = Static<typeof GrantSource>;

const common = { studentId: Id, courseId: Id };

export const enrollmentEvents = [
  defineEvent('EnrollmentHeld', 'A purchase of this course by this student is under way; a second one has to wait.', {
    ...common,
    paymentId: Id,
    holdUntil: Timestamp,
    heldAt: Timestamp,
  }),
  defineEvent('EnrollmentHoldReleased', 'The purchase failed.', {
    ...common,
    paymentId: Id,
    reason: Type.String(),
    releasedAt: Timestamp,
  }),
  defineEvent('StudentEnrolled', 'The student has access, by at least one live grant.', { ...common, enrolledAt: Timestamp }),
  defineEvent('AccessGranted', 'There is one more reason why the student has access.', {
    ...common,
    grantId: Id,
    source: GrantSource,
    grantedAt: Timestamp,
  }),
  defineEvent('AccessRevoked', 'One reason for access is gone; access ends only with the last.', {
    ...common,
    grantId: Id,
    reason: Type.String(),
    revokedAt: Timestamp,
  }),
  defineEvent('EnrollmentEnded', 'The last live grant is gone: the student has no access.', { ...common, endedAt: Timestamp }),
] as const;

export type EnrollmentEvent = EventOf<(typeof enrollmentEvents)[number]>;
