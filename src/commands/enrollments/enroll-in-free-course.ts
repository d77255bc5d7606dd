import type { CourseRejection, ExistingCourse } from '../../domain/course/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { hasAccess, type Enrollment, type EnrollmentRejection } from '../../domain/enrollment/decider.js';
import { isZero } from '../../domain/kernel/money.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { derivedContext, type CommandContext } from '../context.js';
import { courseOnSale, type SaleRejection } from '../courses/course-on-sale.js';
import { aggregates } from '../../domain/aggregates.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface EnrollInput {
  readonly studentId: string;
  readonly courseId: string;
}

export type EnrollRejection = CourseRejection | SaleRejection | EnrollmentRejection | 'course-not-free';

const FREE_ENROLLMENTS = 'b6d1c1f0-6f5c-5c3e-9d0b-2f0c7d6a8e11';

// Ids follow from student and course, so that twenty requests at once mean the same seat and the same grant. An id that was given
// up is never used again: the count goes on.
const firstUsable = (nameOf: (attempt: number) => string, isOver: (name: string) => boolean): string => {
  let attempt = 1;
  while (isOver(nameOf(attempt))) attempt += 1;
  return nameOf(attempt);
};

const seatHoldId = (studentId: string, { courseId, seats }: ExistingCourse): string =>
  firstUsable(
    (attempt) => uuidV5(`${studentId}.${courseId}.${attempt}`, FREE_ENROLLMENTS),
    (holdId) => seats.get(holdId)?.status === 'released',
  );

const freeGrantId = ({ grants }: Enrollment): string =>
  firstUsable(
    (attempt) => `free-${attempt}`,
    (grantId) => grants.get(grantId) === 'revoked',
  );

/**
 * Takes the seat before access is granted, so that a last seat is never promised twice. One append takes it: no timer has to end
 * a hold, and a repeat after a crash finds the same seat.
 */
const takeSeat = (
  { handler, clock }: CommandServices,
  { studentId, courseId }: EnrollInput,
  holdId: string,
  context: CommandContext,
): Promise<{ readonly ok: true } | Refusal<CourseRejection>> => {
  const occupy = { type: 'OccupySeat', data: { holdId, studentId, at: clock.now().toISOString() } } as const;
  return handler.handle(aggregates.course, courseId, occupy, derivedContext(context, 'occupy-seat'));
};

/** Grants access to a course whose price is zero. A student who has access gets the first answer again. */
export const enrollInFreeCourse =
  (services: CommandServices) =>
  async (input: EnrollInput, context: CommandContext): Promise<Outcome<{ enrollmentId: string }, EnrollRejection>> => {
    const { handler, clock } = services;
    const { studentId, courseId } = input;
    const enrollmentId = `${studentId}.${courseId}`;
    const value = { enrollmentId };
    const { state: enrollment, position, commands } = await handler.load(aggregates.enrollment, enrollmentId);
    if (hasAccess(enrollment)) return succeeded(value, { position, changed: commands.has(context.commandId) });
    const onSale = courseOnSale((await handler.load(aggregates.course, courseId)).state, courseId);
    if (!onSale.ok) return onSale;
    const { price, currency, capacity } = onSale.course;
    if (!isZero(price)) return reject('course-not-free', { courseId, price, currency });

    const holdId = seatHoldId(studentId, onSale.course);
    if (capacity !== null) {
      const seat = await takeSeat(services, input, holdId, context);
      if (!seat.ok) return seat;
    }
    const at = clock.now().toISOString();
    const data = { studentId, courseId, grantId: freeGrantId(enrollment), source: 'free', at } as const;
    const granted = await handler.handle(aggregates.enrollment, enrollmentId, { type: 'GrantAccess', data }, context);
    if (granted.ok) return succeeded(value, granted);
    const release = { type: 'ReleaseSeat', data: { holdId, reason: granted.rejection, at } } as const;
    await handler.handle(aggregates.course, courseId, release, derivedContext(context, 'release-seat'));
    return granted;
  };
