import type { FastifyRequest } from 'fastify';
import { ownsCourse } from '../../../commands/access/rules.js';
import type { CourseDocument } from '../../../projections/courses/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { visibleCourse } from '../../shared/course-visibility.js';
import { forbidden, notFound } from '../../shared/problem.js';
import { NO_PERMISSION } from '../surface.js';

/** The course of the caller. Throws 403 for one that the caller only may read, and 404 for one that is not there, or a secret. Routes read courses. */
export const ownCourse = async (services: HttpServices, request: FastifyRequest, courseId: string): Promise<CourseDocument> => {
  const account = accountOf(request);
  const course = await visibleCourse(services, account, courseId);
  if (course === undefined || course.deleted) throw notFound('course');
  if (!ownsCourse(account, course)) throw forbidden(NO_PERMISSION);
  return course;
};
