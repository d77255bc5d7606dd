import type { Course, ExistingCourse } from '../../domain/course/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';

export type SaleRejection = 'course-not-found' | 'course-not-published' | 'course-private';

type OnSale = Readonly<{ ok: true; course: ExistingCourse }> | Refusal<SaleRejection>;

export const courseOnSale = (course: Course, courseId: string): OnSale => {
  if (course.status === 'none' || course.status === 'deleted') return reject('course-not-found', { courseId });
  if (course.status !== 'published') return reject('course-not-published', { courseId });
  if (course.organizationPrivate) return reject('course-private', { courseId });
  return { ok: true, course };
};
