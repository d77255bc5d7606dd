import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addEditor } from '../../../commands/courses/add-editor.js';
import { changeCourse } from '../../../commands/courses/change-course.js';
import { createCourse } from '../../../commands/courses/create-course.js';
import { deleteCourse } from '../../../commands/courses/delete-course.js';
import { enrollInFreeCourse } from '../../../commands/enrollments/enroll-in-free-course.js';
import { removeEditor } from '../../../commands/courses/remove-editor.js';
import { courseById, coursesOfInstructor, listedCourses, type CourseDocument } from '../../../projections/courses/queries.js';
import { enrollmentOf, hasAccess, ownedCourses } from '../../../projections/enrollments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, optionalAccountOf, type RequestAccount } from '../../shared/access.js';
import { cachedAnswer } from '../../shared/cached-answer.js';
import { Page, PageQuery, pageOf, presentPage } from '../../shared/pagination.js';
import { notFound, problems } from '../../shared/problem.js';
import { assertReadable } from '../../shared/reads.js';
import { runner } from '../../shared/run.js';
import { presentCourse, presentEnrollment, presentPurchasedCourse } from './presenter.js';
import { newCourseOf, courseChangesOf } from './input.js';
import {
  ChangeCourseBody,
  Course,
  CourseParams,
  CourseQuery,
  CreateCourseBody,
  DeletedCourse,
  EditorBody,
  EditorParams,
  Enrollment,
  InstructorParams,
  PurchasedCourse,
} from './schemas.js';

const common = { tags: ['Courses'] };
const reads = ['courses'] as const;
const anybody = { access: 'public', reads } as const;
const anyAccount = { access: 'account', reads } as const;
const teachers = { access: ['instructor', 'admin'], reads } as const;

const shown = async ({ readModels }: HttpServices, courseId: string) => {
  const course = await courseById(readModels, courseId);
  if (course === undefined) throw notFound('course');
  return presentCourse(course);
};

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
  const { accountId, role } = account;
  const runsIt = role === 'admin' || course.instructorId === accountId || course.editors.includes(accountId);
  return (runsIt && !course.deleted) || hasBought(services, accountId, course.id);
};

const lists = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const { readModels } = services;
  const answerCourse = cachedAnswer(presentCourse);

  app.get(
    '/courses',
    {
      schema: { ...common, summary: 'Courses on sale, the newest first', querystring: CourseQuery, response: { 200: Page(Course) } },
      config: anybody,
    },
    async ({ query }) => {
      const page = pageOf(query);
      const { courses, total } = await listedCourses(readModels, query, page);
      return presentPage(page, courses.map(presentCourse), total);
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
      const page = pageOf(request.query);
      const { owned, total } = await ownedCourses(readModels, accountOf(request).accountId, page);
      return presentPage(page, owned.map(presentPurchasedCourse), total);
    },
  );

  app.get(
    '/courses/instructor/:instructorId',
    {
      schema: {
        ...common,
        summary: 'Courses of an instructor: those on sale; all of them for the instructor',
        params: InstructorParams,
        querystring: PageQuery,
        response: { 200: Page(Course) },
      },
      config: anybody,
    },
    async (request) => {
      const { instructorId } = request.params;
      const page = pageOf(request.query);
      const account = optionalAccountOf(request);
      const which = account?.accountId === instructorId || account?.role === 'admin' ? 'all' : 'listed';
      const { courses, total } = await coursesOfInstructor(readModels, instructorId, which, page);
      return presentPage(page, courses.map(presentCourse), total);
    },
  );

  app.get(
    '/courses/:id',
    { schema: { ...common, summary: 'One course', params: CourseParams, response: { 200: Course, ...problems(404) } }, config: anybody },
    async (request, reply) => {
      const course = await courseById(readModels, request.params.id);
      if (course === undefined) throw notFound('course');
      const may = mayRead(services, optionalAccountOf(request), course);
      if (may !== true && !(await may)) throw notFound('course');
      return answerCourse(reply, course);
    },
  );
};

const changes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);
  const { commands } = services;

  app.post(
    '/courses',
    {
      schema: { ...common, summary: 'Draw up a course', body: CreateCourseBody, response: { 201: Course, ...problems(422) } },
      config: teachers,
    },
    async (request, reply) => {
      const input = { ...newCourseOf(request.body, commands.settings.currency), actor: accountOf(request) };
      const { courseId } = await run(request, reply, createCourse, input);
      reply.code(201);
      return shown(services, courseId);
    },
  );

  app.patch(
    '/courses/:id',
    {
      schema: {
        ...common,
        summary: 'Change what is sent; price, publication, visibility and seats are for the instructor alone',
        params: CourseParams,
        body: ChangeCourseBody,
        response: { 200: Course, ...problems(403, 404, 422) },
      },
      config: anyAccount,
    },
    async (request, reply) => {
      const { id: courseId } = request.params;
      const input = { courseId, changes: courseChangesOf(request.body, commands.settings.currency), actor: accountOf(request) };
      await run(request, reply, changeCourse, input);
      return shown(services, courseId);
    },
  );

  app.delete(
    '/courses/:id',
    {
      schema: { ...common, summary: 'Delete a course; who has it keeps it', params: CourseParams, response: { 200: DeletedCourse, ...problems(403, 404) } },
      config: { access: 'account', reads: [], shows: reads },
    },
    async (request, reply) => {
      const { id } = request.params;
      const input = { courseId: id, actor: accountOf(request) };
      await run(request, reply, deleteCourse, input);
      return { id, deleted: true as const };
    },
  );

  app.post(
    '/courses/:id/enroll',
    {
      schema: {
        ...common,
        summary: 'Enroll in a free course; one with a price is bought with POST /payments',
        params: CourseParams,
        response: { 200: Enrollment, ...problems(404, 409, 422) },
      },
      config: { access: 'account', reads: ['enrollments'] },
    },
    async (request, reply) => {
      const { id: courseId } = request.params;
      const { accountId: studentId } = accountOf(request);
      await run(request, reply, enrollInFreeCourse, { studentId, courseId });
      const enrollment = await enrollmentOf(services.readModels, studentId, courseId);
      if (enrollment === undefined) throw notFound('enrollment');
      return presentEnrollment(enrollment);
    },
  );
};

const editors = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.post(
    '/courses/:id/editors',
    {
      schema: {
        ...common,
        summary: 'Let another account edit the course',
        params: CourseParams,
        body: EditorBody,
        response: { 200: Course, ...problems(403, 404, 422) },
      },
      config: anyAccount,
    },
    async (request, reply) => {
      const { id: courseId } = request.params;
      const input = { courseId, editorId: request.body.editorId, actor: accountOf(request) };
      await run(request, reply, addEditor, input);
      return shown(services, courseId);
    },
  );

  app.delete(
    '/courses/:id/editors/:editorId',
    {
      schema: { ...common, summary: 'Take that back', params: EditorParams, response: { 200: Course, ...problems(403, 404) } },
      config: anyAccount,
    },
    async (request, reply) => {
      const { id: courseId, editorId } = request.params;
      const input = { courseId, editorId, actor: accountOf(request) };
      await run(request, reply, removeEditor, input);
      return shown(services, courseId);
    },
  );
};

export const courseRoutes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  await app.register(lists(services));
  await app.register(changes(services));
  await app.register(editors(services));
};
