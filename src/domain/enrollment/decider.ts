import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { EnrollmentEvent, GrantSource } from './events.js';

type Pair = Readonly<{ studentId: string; courseId: string; at: string }>;

export type EnrollmentCommand =
  | Message<'HoldEnrollment', Pair & { paymentId: string; holdUntil: string }>
  | Message<'ReleaseEnrollmentHold', Pair & { paymentId: string; reason: string }>
  | Message<'GrantAccess', Pair & { grantId: string; source: GrantSource }>
  | Message<'RevokeAccess', Pair & { grantId: string; reason: string }>;

export type EnrollmentRejection =
  | 'already-enrolled'
  | 'purchase-under-way'
  | 'payment-already-ended'
  | 'grant-already-revoked';

type Grants = PersistentMap<'live' | 'revoked'>;
type Standing = Readonly<{
  grants: Grants;
  /** The payment that is buying the course at the moment. */
  hold: Readonly<{ paymentId: string; holdUntil: string }> | null;
  endedHolds: PersistentMap<true>;
}>;
/** Access is the union of live grants. */
export type Enrollment =
  | (Standing & Readonly<{ status: 'not-enrolled' }>)
  | (Standing & Readonly<{ status: 'enrolled'; liveGrants: number }>);

export const hasAccess = (enrollment: Enrollment): boolean => enrollment.status === 'enrolled';

const liveGrants = (enrollment: Enrollment): number =>
  enrollment.status === 'enrolled' ? enrollment.liveGrants : 0;

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

export const decide = ({ type, data }: EnrollmentCommand, enrollment: Enrollment): EnrollmentDecision => {
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
      if (known === 'revoked') return reject('grant-already-revoked');
      const granted: EnrollmentEvent = { type: 'AccessGranted', data: { studentId, courseId, grantId, source, grantedAt: at } };
      if (enrollment.status === 'enrolled') return accept(granted);
      return accept<EnrollmentEvent>({ type: 'StudentEnrolled', data: { studentId, courseId, enrolledAt: at } }, granted);
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

const withGrants = ({ hold, endedHolds }: Enrollment, grants: Grants, live: number): Enrollment =>
  live === 0
    ? { status: 'not-enrolled', grants, hold, endedHolds }
    : { status: 'enrolled', liveGrants: live, grants, hold, endedHolds };

const withoutHold = (enrollment: Enrollment, paymentId: string): Enrollment =>
  enrollment.hold?.paymentId === paymentId
    ? { ...enrollment, hold: null, endedHolds: enrollment.endedHolds.set(paymentId, true) }
    : enrollment;

export const evolve = (enrollment: Enrollment, { type, data }: EnrollmentEvent): Enrollment => {
  const { grants } = enrollment;
  const live = liveGrants(enrollment);
  switch (type) {
    case 'EnrollmentHeld':
      return { ...enrollment, hold: { paymentId: data.paymentId, holdUntil: data.holdUntil } };
    case 'EnrollmentHoldReleased':
      return withoutHold(enrollment, data.paymentId);
    case 'AccessGranted': {
      const added = grants.get(data.grantId) === 'live' ? 0 : 1;
      return withoutHold(withGrants(enrollment, grants.set(data.grantId, 'live'), live + added), data.grantId);
    }
    case 'AccessRevoked': {
      const taken = grants.get(data.grantId) === 'live' ? 1 : 0;
      return withGrants(enrollment, grants.set(data.grantId, 'revoked'), live - taken);
    }
    case 'StudentEnrolled':
    case 'EnrollmentEnded':
      return enrollment;
    default:
      return unknownEvent(type, enrollment);
  }
};

export const enrollmentDecider: Decider<Enrollment, EnrollmentCommand, EnrollmentEvent, EnrollmentRejection> = {
  initialState: () => ({
    status: 'not-enrolled',
    grants: emptyMap(),
    hold: null,
    endedHolds: emptyMap(),
  }),
  decide,
  evolve,
};
