import { accept, reject, type Decision, type Message } from '../kernel/decider.js';
import type { EnrollmentEvent, GrantSource } from './events.js';
import { hasAccess, hasModuleAccess, type Enrollment, type GrantStatus } from './state.js';

type Pair = Readonly<{ studentId: string; courseId: string; at: string }>;
/** What is claimed: the module, or null for the whole course. */
type Claimed = Pair & Readonly<{ moduleId: string | null; grantId: string }>;

/**
 * A claim costs its student something, a use of a coupon: it is granted where the student gets something for it, else declined. Either
 * is recorded once, so that whoever asks again, and whenever, is told the same.
 */
export type ClaimCommand =
  | Message<'ClaimAccess', Claimed & { source: GrantSource }>
  | Message<'DeclineAccess', Claimed & { reason: string }>
  | Message<'EndAccess', Pair & { reason: string }>;

export type ClaimRejection = 'not-enrolled';

type ClaimDecision = Decision<EnrollmentEvent, ClaimRejection>;

const CLAIM_COMMANDS: ReadonlySet<string> = new Set<ClaimCommand['type']>(['ClaimAccess', 'DeclineAccess', 'EndAccess']);

export const isClaimCommand = (command: { readonly type: string }): command is ClaimCommand => CLAIM_COMMANDS.has(command.type);

/** What became of a claim; undefined: nobody has decided yet. */
export const claimOf = ({ grants, moduleGrants }: Enrollment, moduleId: string | null, grantId: string): GrantStatus | undefined =>
  (moduleId === null ? grants : moduleGrants).get(grantId);

/** Why a claim would get its student nothing. A purchase under way will open the course: nobody is to pay twice. */
export const claimHindrance = (enrollment: Enrollment, moduleId: string | null): 'already-enrolled' | 'purchase-under-way' | undefined => {
  const has = moduleId === null ? hasAccess(enrollment) : hasModuleAccess(enrollment, moduleId);
  if (has) return 'already-enrolled';
  return enrollment.hold === null ? undefined : 'purchase-under-way';
};

const claim = ({ at, source, ...claimed }: Claimed & { readonly source: GrantSource }, enrollment: Enrollment): ClaimDecision => {
  const { studentId, courseId, moduleId, grantId } = claimed;
  if (claimOf(enrollment, moduleId, grantId) !== undefined) return accept();
  const reason = claimHindrance(enrollment, moduleId);
  if (reason !== undefined) return accept({ type: 'AccessDeclined', data: { ...claimed, reason, declinedAt: at } });
  if (moduleId !== null) return accept({ type: 'ModuleAccessGranted', data: { studentId, courseId, moduleId, grantId, source, grantedAt: at } });
  return accept<EnrollmentEvent>(
    { type: 'StudentEnrolled', data: { studentId, courseId, enrolledAt: at } },
    { type: 'AccessGranted', data: { studentId, courseId, grantId, source, grantedAt: at } },
  );
};

/** Ends whatever the student has of the course. */
const end = ({ studentId, courseId, reason, at }: Pair & { readonly reason: string }, enrollment: Enrollment): ClaimDecision => {
  const live = [...enrollment.grants.filter((status) => status === 'live').keys()];
  const modules = [...enrollment.modules.entries()];
  if (live.length + modules.length === 0) return reject('not-enrolled');
  return accept<EnrollmentEvent>(
    ...live.map((grantId): EnrollmentEvent => ({ type: 'AccessRevoked', data: { studentId, courseId, grantId, reason, revokedAt: at } })),
    ...modules.map(([moduleId, grantId]): EnrollmentEvent => ({ type: 'ModuleAccessRevoked', data: { studentId, courseId, moduleId, grantId, reason, revokedAt: at } })),
    ...(live.length === 0 ? [] : [{ type: 'EnrollmentEnded', data: { studentId, courseId, endedAt: at } } as const]),
  );
};

export const decideClaim = ({ type, data }: ClaimCommand, enrollment: Enrollment): ClaimDecision => {
  switch (type) {
    case 'ClaimAccess':
      return claim(data, enrollment);
    case 'DeclineAccess': {
      const { at, ...declined } = data;
      if (claimOf(enrollment, data.moduleId, data.grantId) !== undefined) return accept();
      return accept({ type: 'AccessDeclined', data: { ...declined, declinedAt: at } });
    }
    case 'EndAccess':
      return end(data, enrollment);
  }
};
