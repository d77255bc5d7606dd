import { readsCourse } from '../../../commands/access/rules.js';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { courseById, type CourseDocument } from '../../../projections/courses/queries.js';
import { hasAccess } from '../../../projections/enrollments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { optionalAccountOf, type RequestAccount } from '../../shared/access.js';
import { cachedAnswer } from '../../shared/cached-answer.js';
import { notFound, problems } from '../../shared/problem.js';
import { assertReadable } from '../../shared/reads.js';
import { presentCourse } from './presenter.js';
import { Course, CourseParams } from './schemas.js';
import { anybody, common } from './shown-course.js';

/** Called for courses alone that are not for everyone: the others are shown also while enrollments can't be. */
const hasBought = async (services: HttpServices, accountId: string, courseId: string): Promise<boolean> => {
  await assertReadable(services, ['enrollments']);
  return hasAccess(services.readModels, accountId, courseId);
};

/**
 * A course that is not for everyone is shown to the people who run it and to its students; a deleted one to its students only.
 */
const mayRead = (services: HttpServices, account: RequestAccount | null, course: CourseDocument): boolean | Promise<boolean> => {
  if (course.listed) return true;
  if (account === null) return false;
  if (readsCourse(account, course, false)) return true;
  return hasBought(services, account.accountId, course.id).then((hasIt) => readsCourse(account, course, hasIt));
};

export const courseRoute = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const { readModels } = services;
  const answerCourse = cachedAnswer(presentCourse);

  app.get(
    '/courses/:id',
    { schema: { ...common, summary: 'One course', params: CourseParams, response: { 200: Course, ...problems(404) } }, config: { ...anybody, rule: 'course-reader' } },
    async (request, reply) => {
      const course = await courseById(readModels, request.params.id);
      if (course === undefined) throw notFound('course');
      const may = mayRead(services, optionalAccountOf(request), course);
      if (may !== true && !(await may)) throw notFound('course');
      return answerCourse(reply, course);
    },
  );
};
