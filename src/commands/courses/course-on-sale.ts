import type { ExistingCourse } from '../../domain/course/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { takesCourse } from '../access/course-rules.js';
import type { CommandServices } from '../services.js';
import type { Freshness } from '../write-path/command-handler.js';
import { knownCourse, offerOf } from './known-course.js';

export type SaleRejection = 'course-not-found' | 'course-not-published' | 'course-private';

type OnSale = Readonly<{ ok: true; course: ExistingCourse }> | Refusal<SaleRejection>;

/** The course, if it is on sale to this account. Roles of the marketplace count for nothing here: admins buy what all buy. */
export const courseOnSale = async (services: Pick<CommandServices, 'handler'>, courseId: string, accountId: string, freshness?: Freshness): Promise<OnSale> => {
  const actor = { accountId, role: null };
  const known = await knownCourse(services, courseId, actor, undefined, freshness);
  if (!known.ok) return known;
  const { course, standing } = known;
  if (course.status === 'deleted') return reject('course-not-found', { courseId });
  if (course.status !== 'published') return reject('course-not-published', { courseId });
  return takesCourse(actor, offerOf(course), standing) ? { ok: true, course } : reject('course-private', { courseId });
};
