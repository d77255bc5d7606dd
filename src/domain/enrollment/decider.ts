import { accept, reject, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { decideClaim, isClaimCommand, type ClaimCommand, type ClaimRejection } from './claims.js';
import type { EnrollmentEvent, GrantSource } from './events.js';
import { evolve, initialEnrollment, liveGrants, type Enrollment } from './state.js';

export { claimHindrance, claimOf } from './claims.js';
export { evolve, hasAccess, hasAnyAccess, hasModuleAccess, type Enrollment } from './state.js';

type Pair = Readonly<{ studentId: string; courseId: string; at: string }>;

export type EnrollmentCommand =
  | Message<'HoldEnrollment', Pair & { paymentId: string; holdUntil: string }>
  | Message<'ReleaseEnrollmentHold', Pair & { paymentId: string; reason: string }>
  | Message<'GrantAccess', Pair & { grantId: string; source: GrantSource }>
  | Message<'RevokeAccess', Pair & { grantId: string; reason: string }>
  /** progress: per cent */
  | Message<'ReportProgress', Pair & { progress: number }>
  | ClaimCommand;

export type EnrollmentRejection =
  | ClaimRejection
  | 'already-enrolled'
  | 'purchase-under-way'
  | 'payment-already-ended'
  | 'grant-already-revoked';

type EnrollmentDecision = Decision<EnrollmentEvent, EnrollmentRejection>;
type Hold = Extract<EnrollmentCommand, { type: 'HoldEnrollment' }>['data'];

const hold = ({ at, ...wanted }: Hold, enrollment: Enrollment): EnrollmentDecision => {
  const { paymentId } = wanted;
  if (enrollment.hold?.paymentId === paymentId || enrollment.grants.get(paymentId) === 'live') return accept();
  if (enrollment.endedHolds.has(paymentId) || enrollment.grants.has(paymentId)) return reject('payment-already-ended');
  if (enrollment.status === 'enrolled') return reject('already-enrolled');
  if (enrollment.hold !== null) return reject('purchase-under-way', { paymentId: enrollment.hold.paymentId });
  return accept({ type: 'EnrollmentHeld', data: { ...wanted, heldAt: at } });
};

export const decide = (command: EnrollmentCommand, enrollment: Enrollment): EnrollmentDecision => {
  if (isClaimCommand(command)) return decideClaim(command, enrollment);
  const { type, data } = command;
  const { studentId, courseId, at } = data;
  switch (type) {
    case 'HoldEnrollment':
      return hold(data, enrollment);
    case 'ReleaseEnrollmentHold': {
      const { paymentId, reason } = data;
      if (enrollment.hold?.paymentId !== paymentId) return accept();
      return accept({ type: 'EnrollmentHoldReleased', data: { studentId, courseId, paymentId, reason, releasedAt: at } });
    }
    case 'GrantAccess': {
      const { grantId, source } = data;
      const known = enrollment.grants.get(grantId);
      if (known === 'live') return accept();
      if (known !== undefined) return reject('grant-already-revoked');
      const granted: EnrollmentEvent = { type: 'AccessGranted', data: { studentId, courseId, grantId, source, grantedAt: at } };
      if (enrollment.status === 'enrolled') return accept(granted);
      const opened = source === 'package' ? { source } : {};
      return accept<EnrollmentEvent>({ type: 'StudentEnrolled', data: { studentId, courseId, ...opened, enrolledAt: at } }, granted);
    }
    case 'ReportProgress': {
      const { progress } = data;
      if (enrollment.status !== 'enrolled') return reject('not-enrolled');
      if (enrollment.progress === progress) return accept();
      return accept({ type: 'CourseProgressReported', data: { studentId, courseId, progress, reportedAt: at } });
    }
    case 'RevokeAccess': {
      const { grantId, reason } = data;
      if (enrollment.grants.get(grantId) !== 'live') return accept();
      const revoked: EnrollmentEvent = { type: 'AccessRevoked', data: { studentId, courseId, grantId, reason, revokedAt: at } };
      if (liveGrants(enrollment) > 1) return accept(revoked);
      return accept<EnrollmentEvent>(revoked, { type: 'EnrollmentEnded', data: { studentId, courseId, endedAt: at } });
    }
  }
};

export const enrollmentDecider: Decider<Enrollment, EnrollmentCommand, EnrollmentEvent, EnrollmentRejection> = {
  initialState: initialEnrollment,
  decide,
  evolve,
  begins: ({ type }) => type === 'HoldEnrollment',
};
