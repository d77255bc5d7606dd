import { Type, type Static } from 'typebox';
import { defineEvent, Id, Nullable, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const GrantSource = Type.Enum(['payment', 'coupon', 'staff', 'organization', 'free', 'package']);
export type GrantSource = Static<typeof GrantSource>;

const common = { studentId: Id, courseId: Id };
const ofModule = { ...common, moduleId: Id, grantId: Id };

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
  defineEvent('StudentEnrolled', 'The student has access, by at least one live grant.', {
    ...common,
    /** Set where a package opened the course: its payment has mails of its own. */
    source: Type.Optional(Type.Literal('package')),
    enrolledAt: Timestamp,
  }),
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
  defineEvent('EnrollmentEnded', 'The last live grant is gone: the student has no access to the course as a whole.', { ...common, endedAt: Timestamp }),
  defineEvent('ModuleAccessGranted', 'The student has one module of the course, without the others.', { ...ofModule, source: GrantSource, grantedAt: Timestamp }),
  defineEvent('ModuleAccessRevoked', 'The student has the module no longer, unless the course is open as a whole.', {
    ...ofModule,
    reason: Type.String(),
    revokedAt: Timestamp,
  }),
  defineEvent('AccessDeclined', 'What was to be opened (null: the whole course) was open already, or could not be; this grant will never be made.', {
    ...common,
    moduleId: Nullable(Id),
    grantId: Id,
    reason: Type.String(),
    declinedAt: Timestamp,
  }),
  defineEvent('CourseProgressReported', 'The student said how far the course as a whole is.', {
    ...common,
    /** Per cent. */
    progress: Type.Number({ minimum: 0, maximum: 100 }),
    reportedAt: Timestamp,
  }),
] as const;

export type EnrollmentEvent = EventOf<(typeof enrollmentEvents)[number]>;
