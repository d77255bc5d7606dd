import { ownsCourse } from '../../../commands/access/rules.js';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { coursesOfInstructor, listedCourses } from '../../../projections/courses/queries.js';
import { ownedCourses } from '../../../projections/enrollments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, optionalAccountOf } from '../../shared/access.js';
import { listedOrganization } from '../../shared/course-visibility.js';
import { answerPage, Page, PageQuery, type PageRequest } from '../../shared/pagination.js';
import { presentCourse, presentPurchasedCourse } from './presenter.js';
import { Course, CourseQuery, InstructorParams, PurchasedCourse } from './schemas.js';
import { anybody, common } from './shown-course.js';

export const courseLists = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const { readModels } = services;

  app.get(
    '/courses',
    {
      schema: { ...common, summary: 'Courses on sale, the newest first; with an active organization its private ones as well', querystring: CourseQuery, response: { 200: Page(Course) } },
      config: anybody,
    },
    async (request) => {
      const { query } = request;
      const organizationId = await listedOrganization(services, optionalAccountOf(request));
      return answerPage(query, (page) => listedCourses(readModels, { ...query, organizationId }, page), ({ courses }) => courses.map(presentCourse));
    },
  );

  app.get(
    '/courses/user/purchased',
    {
      schema: {
        ...common,
        summary: 'Courses that the caller has, also those that are not on sale any more',
        querystring: PageQuery,
        response: { 200: Page(PurchasedCourse) },
      },
      config: { access: 'account', reads: ['enrollments'] },
    },
    async (request) => {
      const { accountId } = accountOf(request);
      return answerPage(request.query, (page) => ownedCourses(readModels, accountId, page), ({ owned }) => owned.map(presentPurchasedCourse));
    },
  );

  app.get(
    '/courses/instructor/:instructorId',
    {
      schema: {
        ...common,
        summary: 'Courses of an instructor: those on sale, with an active organization its private ones as well; all of them for the instructor',
        params: InstructorParams,
        querystring: PageQuery,
        response: { 200: Page(Course) },
      },
      config: anybody,
    },
    async (request) => {
      const { instructorId } = request.params;
      const account = optionalAccountOf(request);
      const which = ownsCourse(account, { instructorId }) ? 'all' : { organizationId: await listedOrganization(services, account) };
      const find = (page: PageRequest) => coursesOfInstructor(readModels, instructorId, which, page);
      return answerPage(request.query, find, ({ courses }) => courses.map(presentCourse));
    },
  );
};
