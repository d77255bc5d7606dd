import { aggregates } from '../../domain/aggregates.js';
import { hasAnyAccess } from '../../domain/enrollment/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { ratesCourse } from '../access/rating-rules.js';
import type { Actor } from '../actor.js';
import type { CommandServices } from '../services.js';
import { isShutOut, loadTeaching } from '../teaching/standing.js';

export type RatingUseRejection = 'course-not-found' | 'course-rater-not-enrolled';

/** Undefined: the account may rate the course, as the streams say it. */
export const refusedRating = async (services: Pick<CommandServices, 'handler'>, actor: Actor, courseId: string): Promise<Refusal<RatingUseRejection> | undefined> => {
  const { handler } = services;
  const { accountId } = actor;
  const { state: course } = await handler.load(aggregates.course, courseId);
  if (course.status === 'none' || course.status === 'deleted') return reject('course-not-found', { courseId });
  const [{ state: enrollment }, teaching] = await Promise.all([
    handler.load(aggregates.enrollment, `${accountId}.${courseId}`),
    loadTeaching(services, course.instructorId, accountId),
  ]);
  const facts = { hasAccess: hasAnyAccess(enrollment), isShutOut: isShutOut(teaching) };
  return ratesCourse(actor, facts) ? undefined : reject('course-rater-not-enrolled', { courseId });
};
