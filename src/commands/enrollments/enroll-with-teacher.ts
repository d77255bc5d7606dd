import { aggregates } from '../../domain/aggregates.js';
import { claimHindrance, claimOf, hasAccess, type Enrollment } from '../../domain/enrollment/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { isZero } from '../../domain/kernel/money.js';
import type { CommandContext } from '../context.js';
import { done, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { enrollByCoupon, type CouponEnrollmentRejection } from './enroll-by-coupon.js';
import { enrollInFreeCourse, type EnrollRejection } from './enroll-in-free-course.js';
import { firstUsable } from './grants.js';
import { taughtCourse, type TaughtCourseRejection } from './taught-course.js';

export interface CourseEnrollmentInput {
  readonly studentId: string;
  readonly courseId: string;
  /** Null: none was sent. What is free needs none, and spends none. */
  readonly code: string | null;
}

export interface ModuleEnrollmentInput extends CourseEnrollmentInput {
  readonly moduleId: string;
}

export type EnrollmentRefusal = TaughtCourseRejection | EnrollRejection | CouponEnrollmentRejection | 'coupon-required' | 'module-not-found' | 'module-not-published';

type Enrolled = Outcome<null, EnrollmentRefusal>;

/** Opens a course for a student of its teacher, by a coupon of that teacher if it costs something. A repeat by command id is answered alike. */
export const enrollInCourse =
  (services: CommandServices) =>
  async ({ studentId, courseId, code }: CourseEnrollmentInput, context: CommandContext): Promise<Enrolled> => {
    const taught = await taughtCourse(services, courseId, studentId);
    if (!taught.ok) return taught;
    const { price, instructorId: teacherId } = taught.course;
    if (isZero(price)) {
      const enrolled = await enrollInFreeCourse(services)({ studentId, courseId }, context);
      if (!enrolled.ok) return enrolled;
      return enrolled.changed ? succeeded(null, enrolled) : reject('already-enrolled');
    }
    if (code !== null) return enrollByCoupon(services, { studentId, teacherId, courseId, moduleId: null, code }, context);
    const { state: enrollment } = await services.handler.load(aggregates.enrollment, `${studentId}.${courseId}`);
    return reject(hasAccess(enrollment) ? 'already-enrolled' : 'coupon-required');
  };

const freeGrantOf = (enrollment: Enrollment, moduleId: string): string => {
  const nameOf = (attempt: number) => `free-${moduleId}-${attempt}`;
  const isOver = (attempt: number): boolean => {
    const claim = claimOf(enrollment, moduleId, nameOf(attempt));
    return claim === 'revoked' || claim === 'declined';
  };
  return nameOf(firstUsable(isOver));
};

const openFreeModule = async (
  { handler, clock }: CommandServices,
  { studentId, courseId, moduleId }: ModuleEnrollmentInput,
  context: CommandContext,
): Promise<Enrolled> => {
  const id = `${studentId}.${courseId}`;
  const { state: enrollment, position, commands } = await handler.load(aggregates.enrollment, id);
  if (commands.has(context.commandId)) return succeeded(null, { position, changed: true });
  const hindrance = claimHindrance(enrollment, moduleId);
  if (hindrance !== undefined) return reject(hindrance);
  const grantId = freeGrantOf(enrollment, moduleId);
  const data = { studentId, courseId, moduleId, grantId, source: 'free', at: clock.now().toISOString() } as const;
  const claimed = await handler.handle(aggregates.enrollment, id, { type: 'ClaimAccess', data }, context);
  if (!claimed.ok) return claimed;
  const isOpened = claimed.changed && claimOf(claimed.state, moduleId, grantId) === 'live';
  return isOpened ? done(claimed, null) : reject(claimHindrance(claimed.state, moduleId) ?? 'already-enrolled');
};

/** Opens one module of a course, by the rules of the course. It takes no seat. */
export const enrollInModule =
  (services: CommandServices) =>
  async (input: ModuleEnrollmentInput, context: CommandContext): Promise<Enrolled> => {
    const { studentId, courseId, moduleId, code } = input;
    const { state: curriculum } = await services.handler.load(aggregates.curriculum, courseId);
    const module = curriculum.modules.get(moduleId);
    if (module === undefined) return reject('module-not-found', { moduleId });
    const taught = await taughtCourse(services, courseId, studentId);
    if (!taught.ok) return taught;
    if (!module.isPublished) return reject('module-not-published', { moduleId });
    if (module.isFree || isZero(module.price)) return openFreeModule(services, input, context);
    const { instructorId: teacherId } = taught.course;
    if (code !== null) return enrollByCoupon(services, { studentId, teacherId, courseId, moduleId, code }, context);
    const { state: enrollment } = await services.handler.load(aggregates.enrollment, `${studentId}.${courseId}`);
    return reject(claimHindrance(enrollment, moduleId) === 'already-enrolled' ? 'already-enrolled' : 'coupon-required');
  };
