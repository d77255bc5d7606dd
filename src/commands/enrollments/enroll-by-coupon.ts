import { aggregates } from '../../domain/aggregates.js';
import { claimHindrance, claimOf, type Enrollment } from '../../domain/enrollment/decider.js';
import type { Coupon, CouponRejection } from '../../domain/coupon/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { derivedContext, type CommandContext } from '../context.js';
import { isSoldCode } from '../coupons/coupon-code.js';
import { normaliseCouponCode } from '../coupons/coupon-terms.js';
import { combined, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { firstUsable } from './grants.js';
import { settleUse, type SettleRejection } from './settle-use.js';

export interface CouponEnrollment {
  readonly studentId: string;
  readonly teacherId: string;
  readonly courseId: string;
  /** Null: the course as a whole. */
  readonly moduleId: string | null;
  /** As the student wrote it. */
  readonly code: string;
}

export type CouponEnrollmentRejection = SettleRejection | CouponRejection;

type Enrolled = Outcome<null, CouponEnrollmentRejection>;

const USES = '7d0f2f57-2a0d-5b43-9a53-0f6b0f1c7c55';
/** A use that was given back meanwhile is followed by another one. */
const MOST_TRIES = 3;

const useOf = ({ studentId, courseId, moduleId }: CouponEnrollment, code: string, enrollment: Enrollment, coupon: Coupon): string => {
  const nameOf = (attempt: number) => uuidV5(`${code}.${studentId}.${courseId}.${moduleId ?? ''}.${attempt}`, USES);
  const isOver = (attempt: number): boolean => {
    const useId = nameOf(attempt);
    const claim = claimOf(enrollment, moduleId, useId);
    return claim === 'revoked' || claim === 'declined' || (coupon.status !== 'not-issued' && coupon.uses.get(useId)?.status === 'reversed');
  };
  return nameOf(firstUsable(isOver));
};

const tryOnce = async (services: CommandServices, input: CouponEnrollment, code: string, context: CommandContext): Promise<Enrolled> => {
  const { handler, clock } = services;
  const { studentId, teacherId, courseId, moduleId } = input;
  const { state: enrollment, position } = await handler.load(aggregates.enrollment, `${studentId}.${courseId}`);
  const { state: coupon, commands } = await handler.load(aggregates.coupon, code);
  const useId = useOf(input, code, enrollment, coupon);
  const spending = derivedContext(context, `use-${useId}`);
  if (claimOf(enrollment, moduleId, useId) === 'live' && commands.has(spending.commandId)) return succeeded(null, { position, changed: true });
  const hindrance = claimHindrance(enrollment, moduleId);
  if (hindrance !== undefined) return reject(hindrance);
  const data = { useId, accountId: studentId, teacherId, courseId, moduleId, at: clock.now().toISOString() };
  const used = await handler.handle(aggregates.coupon, code, { type: 'UseCouponForAccess', data }, spending);
  if (!used.ok) return used;
  const settled = await settleUse(services, { code, useId, studentId, courseId, moduleId }, context);
  if (!settled.ok) return settled;
  // Another request of the student spent the use a moment ago.
  return used.changed ? succeeded(null, combined(used, settled)) : reject('already-enrolled');
};

/**
 * Spends a use of a teacher's coupon for one of the teacher's courses, or for a module of it. The use is named after student, coupon
 * and what is opened: twenty requests at once spend one. What a dead process leaves behind, the worker settles.
 */
export const enrollByCoupon = async (services: CommandServices, input: CouponEnrollment, context: CommandContext): Promise<Enrolled> => {
  const code = normaliseCouponCode(input.code);
  if (!isSoldCode(code)) return reject('coupon-not-issued');
  for (let attempt = 1; ; attempt += 1) {
    const enrolled = await tryOnce(services, input, code, context);
    if (enrolled.ok || enrolled.rejection !== 'coupon-use-ended' || attempt === MOST_TRIES) return enrolled;
  }
};
