import { unknownEvent } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { EnrollmentEvent } from './events.js';

/** Declined: never made, and never will be. */
export type GrantStatus = 'live' | 'revoked' | 'declined';

type Standing = Readonly<{
  /** Of the whole course. */
  grants: PersistentMap<GrantStatus>;
  moduleGrants: PersistentMap<GrantStatus>;
  /** The grant by which the student has a module. */
  modules: PersistentMap<string>;
  /** The payment that is buying the course at the moment. */
  hold: Readonly<{ paymentId: string; holdUntil: string }> | null;
  endedHolds: PersistentMap<true>;
  /** How far the student says the course as a whole is, in per cent. */
  progress: number;
}>;
/** Access is the union of live grants. */
export type Enrollment =
  | (Standing & Readonly<{ status: 'not-enrolled' }>)
  | (Standing & Readonly<{ status: 'enrolled'; liveGrants: number }>);

export const initialEnrollment = (): Enrollment => ({
  status: 'not-enrolled',
  grants: emptyMap(),
  moduleGrants: emptyMap(),
  modules: emptyMap(),
  hold: null,
  endedHolds: emptyMap(),
  progress: 0,
});

/** To the whole course. */
export const hasAccess = (enrollment: Enrollment): boolean => enrollment.status === 'enrolled';

/** By the module itself, or by the whole course. */
export const hasModuleAccess = (enrollment: Enrollment, moduleId: string): boolean => hasAccess(enrollment) || enrollment.modules.has(moduleId);

/** To the whole course, or to a module of it. */
export const hasAnyAccess = (enrollment: Enrollment): boolean => hasAccess(enrollment) || enrollment.modules.size > 0;

export const liveGrants = (enrollment: Enrollment): number => (enrollment.status === 'enrolled' ? enrollment.liveGrants : 0);

const withGrants = (enrollment: Enrollment, grants: Enrollment['grants'], live: number): Enrollment => {
  const { moduleGrants, modules, hold, endedHolds, progress } = enrollment;
  const standing = { grants, moduleGrants, modules, hold, endedHolds, progress };
  return live === 0 ? { status: 'not-enrolled', ...standing } : { status: 'enrolled', liveGrants: live, ...standing };
};

const withoutHold = (enrollment: Enrollment, paymentId: string): Enrollment =>
  enrollment.hold?.paymentId === paymentId
    ? { ...enrollment, hold: null, endedHolds: enrollment.endedHolds.set(paymentId, true) }
    : enrollment;

export const evolve = (enrollment: Enrollment, { type, data }: EnrollmentEvent): Enrollment => {
  const { grants, moduleGrants, modules } = enrollment;
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
    case 'ModuleAccessGranted':
      return { ...enrollment, moduleGrants: moduleGrants.set(data.grantId, 'live'), modules: modules.set(data.moduleId, data.grantId) };
    case 'ModuleAccessRevoked':
      return {
        ...enrollment,
        moduleGrants: moduleGrants.set(data.grantId, 'revoked'),
        modules: modules.get(data.moduleId) === data.grantId ? modules.delete(data.moduleId) : modules,
      };
    case 'AccessDeclined':
      return data.moduleId === null
        ? { ...enrollment, grants: grants.set(data.grantId, 'declined') }
        : { ...enrollment, moduleGrants: moduleGrants.set(data.grantId, 'declined') };
    case 'CourseProgressReported':
      return { ...enrollment, progress: data.progress };
    case 'StudentEnrolled':
    case 'EnrollmentEnded':
      return enrollment;
    default:
      return unknownEvent(type, enrollment);
  }
};
