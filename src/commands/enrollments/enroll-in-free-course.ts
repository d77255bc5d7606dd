import type { CourseRejection, ExistingCourse } from '../../domain/course/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { hasAccess, type Enrollment, type EnrollmentRejection } from '../../domain/enrollment/decider.js';
import { isZero } from '../../domain/kernel/money.js';
import { derivedContext, type CommandContext } from '../context.js';
import { courseOnSale, type SaleRejection } from '../courses/course-on-sale.js';
import { aggregates } from '../../domain/aggregates.js';
import type { MembershipRejection } from '../../domain/membership/decider.js';
import { loadMembership, membershipId } from '../organizations/standing.js';
import { combined, done, succeeded, type Handled, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { firstUsable, freeGrant, freeSeat } from './grants.js';
import { closeCourse, grantOf, memberSeat } from './member-access.js';

export interface EnrollInput {
  readonly studentId: string;
  readonly courseId: string;
}

export type EnrollRejection = CourseRejection | SaleRejection | EnrollmentRejection | MembershipRejection | 'course-not-free';

/** The grant and its seat have one number: a seat that is given back ends the grant's name, too. */
const freeReason = (studentId: string, { courseId, seats }: ExistingCourse, { grants }: Enrollment): Reason => {
  const holdOf = (attempt: number) => freeSeat(studentId, courseId, attempt);
  const attempt = firstUsable((number) => grants.get(freeGrant(number)) === 'revoked' || seats.get(holdOf(number))?.status === 'released');
  return { grantId: freeGrant(attempt), source: 'free', holdId: holdOf(attempt) };
};

/** Why there is access, and the seat that goes with it. */
interface Reason {
  readonly grantId: string;
  readonly source: 'free' | 'organization';
  readonly holdId: string;
}

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

const grant = async (
  services: CommandServices,
  input: EnrollInput,
  { holdId, ...reason }: Reason,
  { capacity }: ExistingCourse,
  context: CommandContext,
): Promise<Handled<EnrollRejection>> => {
  const { handler, clock } = services;
  const { studentId, courseId } = input;
  if (capacity !== null) {
    const seat = await takeSeat(services, input, holdId, context);
    if (!seat.ok) return seat;
  }
  const at = clock.now().toISOString();
  const granted = await handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'GrantAccess', data: { studentId, courseId, ...reason, at } }, context);
  if (granted.ok) return granted;
  const release = { type: 'ReleaseSeat', data: { holdId, reason: granted.rejection, at } } as const;
  await handler.handle(aggregates.course, courseId, release, derivedContext(context, 'release-seat'));
  return granted;
};

/** The membership is told first: what it opened closes with it. Of a member who leaves meanwhile nothing is left open. */
const grantToMember = async (
  services: CommandServices,
  input: EnrollInput,
  course: ExistingCourse,
  organizationId: string,
  context: CommandContext,
): Promise<Handled<EnrollRejection>> => {
  const { handler, clock } = services;
  const { studentId: userId, courseId } = input;
  const open = { type: 'OpenCourse', data: { organizationId, userId, courseId, at: clock.now().toISOString() } } as const;
  const opened = await handler.handle(aggregates.membership, membershipId(organizationId, userId), open, derivedContext(context, 'open-course'));
  if (!opened.ok) return opened.rejection === 'not-a-member' ? reject('course-not-found', { courseId }) : opened;
  const grantId = grantOf(opened.state, courseId);
  if (grantId === undefined) return reject('course-not-found', { courseId });
  const granted = await grant(services, input, { grantId, source: 'organization', holdId: memberSeat({ studentId: userId, courseId, grantId }) }, course, context);
  const stands = grantOf(await loadMembership(services, organizationId, userId), courseId) === grantId;
  if (stands) return granted.ok ? { ok: true, ...combined(opened, granted) } : granted;
  await closeCourse(services, { studentId: userId, courseId, grantId }, derivedContext(context, 'close-course'));
  return reject('course-not-found', { courseId });
};

/** Grants access to a course whose price is zero. A student who has access gets the first answer again. */
export const enrollInFreeCourse =
  (services: CommandServices) =>
  async (input: EnrollInput, context: CommandContext): Promise<Outcome<{ enrollmentId: string }, EnrollRejection>> => {
    const { studentId, courseId } = input;
    const enrollmentId = `${studentId}.${courseId}`;
    const value = { enrollmentId };
    const { state: enrollment, position, commands } = await services.handler.load(aggregates.enrollment, enrollmentId);
    if (hasAccess(enrollment)) return succeeded(value, { position, changed: commands.has(context.commandId) });
    const onSale = await courseOnSale(services, courseId, studentId);
    if (!onSale.ok) return onSale;
    const { course } = onSale;
    const { price, currency, organizationPrivate, organizationId } = course;
    if (!isZero(price)) return reject('course-not-free', { courseId, price, currency });
    if (organizationPrivate && organizationId !== null) return done(await grantToMember(services, input, course, organizationId, context), value);
    return done(await grant(services, input, freeReason(studentId, course, enrollment), course, context), value);
  };
