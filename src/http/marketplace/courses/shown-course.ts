import { courseById } from '../../../projections/courses/queries.js';
import type { HttpServices } from '../../http-services.js';
import { notFound } from '../../shared/problem.js';
import { presentCourse } from './presenter.js';

export const common = { tags: ['Courses'] };
export const reads = ['courses'] as const;
export const anybody = { access: 'public', reads } as const;
export const anyAccount = { access: 'account', reads } as const;
export const teachers = { access: ['instructor', 'admin'], reads } as const;

/** The course as it is answered after a change. */
export const shown = async ({ readModels }: HttpServices, courseId: string) => {
  const course = await courseById(readModels, courseId);
  if (course === undefined) throw notFound('course');
  return presentCourse(course);
};
