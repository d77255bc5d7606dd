import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { managesCourses } from '../../../commands/access/organization-rules.js';
import { assignTerm } from '../../../commands/courses/assign-term.js';
import { changeCourse } from '../../../commands/courses/change-course.js';
import { createCourse } from '../../../commands/courses/create-course.js';
import { deleteCourse } from '../../../commands/courses/delete-course.js';
import { coursesOfOrganization, type OrganizationView } from '../../../projections/courses/organization-courses.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, optionalAccountOf, type RequestAccount } from '../../shared/access.js';
import { answerPage, Page, type PageRequest } from '../../shared/pagination.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { courseChangesOf, namingPrice, newCourseOf } from '../courses/input.js';
import { presentCourse } from '../courses/presenter.js';
import { ChangeCourseBody, Course, CreateOrganizationCourseBody, DeletedCourse } from '../courses/schemas.js';
import { shown } from '../courses/shown-course.js';
import { OrganizationCourseParams, OrganizationCourseQuery, TermBody } from './course-schemas.js';
import { OrganizationParams } from './schemas.js';
import { organizationOf, tags } from './shown-organization.js';

const common = { tags };
const anyAccount = { access: 'account', reads: ['courses'] } as const;

const viewOf = async (services: HttpServices, account: RequestAccount | null, organizationId: string): Promise<OrganizationView> => {
  const { standing } = await organizationOf(services, organizationId, account);
  if (managesCourses(account, standing)) return 'manager';
  return standing.isMember ? 'member' : 'public';
};

const list = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  app.get(
    '/organizations/:id/courses',
    {
      schema: {
        ...common,
        summary: 'Courses of an organization, the newest first: those on sale to the caller, those that the caller runs, and all of them for who manages them',
        params: OrganizationParams,
        querystring: OrganizationCourseQuery,
        response: { 200: Page(Course), ...problems(404) },
      },
      config: { access: 'public', reads: ['courses', 'organizations'], rule: 'course-reader' },
    },
    async (request) => {
      const { id: organizationId } = request.params;
      const { query } = request;
      const account = optionalAccountOf(request);
      const { termId, levelId, instructor: instructorId, isPublished: published } = query;
      const view = await viewOf(services, account, organizationId);
      const search = { organizationId, view, accountId: account?.accountId ?? null, termId, levelId, instructorId, published };
      const find = (page: PageRequest) => coursesOfOrganization(services.readModels, search, page);
      return answerPage(query, find, ({ courses }) => courses.map(presentCourse));
    },
  );
};

const changes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.post(
    '/organizations/:id/courses',
    {
      schema: {
        ...common,
        summary: 'Draw up a course of an organization, as its instructor',
        params: OrganizationParams,
        body: CreateOrganizationCourseBody,
        response: { 201: Course, ...problems(403, 404, 422) },
      },
      config: { ...anyAccount, rule: 'organization-course-creator' },
    },
    async (request, reply) => {
      const course = newCourseOf({ ...request.body, organizationId: request.params.id });
      const { courseId } = await run(request, reply, createCourse, { ...course, actor: accountOf(request) }, namingPrice);
      reply.code(201);
      return shown(services, courseId);
    },
  );

  app.patch(
    '/organizations/:id/courses/:courseId',
    {
      schema: {
        ...common,
        summary: 'Change what is sent, as PATCH /courses/:id does',
        params: OrganizationCourseParams,
        body: ChangeCourseBody,
        response: { 200: Course, ...problems(403, 404, 422) },
      },
      config: { ...anyAccount, rule: 'course-changer' },
    },
    async (request, reply) => {
      const { id: organizationId, courseId } = request.params;
      const input = { organizationId, courseId, changes: courseChangesOf(request.body), actor: accountOf(request) };
      await run(request, reply, changeCourse, input, namingPrice);
      return shown(services, courseId);
    },
  );
};

const endAndPlacement = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.delete(
    '/organizations/:id/courses/:courseId',
    {
      schema: { ...common, summary: 'Delete a course; who has it keeps it', params: OrganizationCourseParams, response: { 200: DeletedCourse, ...problems(403, 404) } },
      config: { access: 'account', reads: [], shows: ['courses'], rule: 'course-remover' },
    },
    async (request, reply) => {
      const { id: organizationId, courseId } = request.params;
      await run(request, reply, deleteCourse, { organizationId, courseId, actor: accountOf(request) });
      return { id: courseId, deleted: true as const };
    },
  );

  app.patch(
    '/organizations/:id/courses/:courseId/assign-term',
    {
      schema: {
        ...common,
        summary: 'Assign a course to a term of its organization; null takes it out',
        params: OrganizationCourseParams,
        body: TermBody,
        response: { 200: Course, ...problems(403, 404, 422) },
      },
      config: { ...anyAccount, rule: 'course-term-assigner' },
    },
    async (request, reply) => {
      const { id: organizationId, courseId } = request.params;
      await run(request, reply, assignTerm, { organizationId, courseId, termId: request.body.termId, actor: accountOf(request) });
      return shown(services, courseId);
    },
  );
};

export const organizationCourseRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    for (const routes of [list, changes, endAndPlacement]) await app.register(routes(services));
  };
