import { Type, type Static } from 'typebox';
import { catalogCourse } from '../../../projections/catalog/queries.js';
import type { HttpServices } from '../../http-services.js';
import { notFound } from '../../shared/problem.js';
import { presentCourse } from './presenter.js';
import type { Course } from './schemas.js';

export const tags = ['EduPro: courses'];

export const CourseParams = Type.Object({ course_id: Type.String({ maxLength: 200 }) });

/** The course as the catalog has it, also a deleted one. */
export const shown = async ({ readModels, config }: HttpServices, courseId: string): Promise<Static<typeof Course>> => {
  const course = await catalogCourse(readModels, courseId);
  if (course === undefined) throw notFound('course');
  return presentCourse(course, config.publicUrl);
};
