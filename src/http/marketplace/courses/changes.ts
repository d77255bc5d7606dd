import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeCourse } from '../../../commands/courses/change-course.js';
import { createCourse } from '../../../commands/courses/create-course.js';
import { deleteCourse } from '../../../commands/courses/delete-course.js';
import { MOST_COURSES } from '../../../domain/shelf/decider.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { courseChangesOf, namingPrice, newCourseOf } from './input.js';
import { ChangeCourseBody, Course, CourseParams, CreateCourseBody, DeletedCourse } from './schemas.js';
import { anyAccount, common, reads, shown, teachers } from './shown-course.js';

export const courseChanges = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.post(
    '/courses',
    {
      schema: {
        ...common,
        summary: 'Draw up a course',
        description: `An instructor has at most ${MOST_COURSES} courses that are not deleted, published or not: 409 beyond.`,
        body: CreateCourseBody,
        response: { 201: Course, ...problems(403, 404, 409, 422) },
      },
      config: teachers,
    },
    async (request, reply) => {
      const input = { ...newCourseOf(request.body), actor: accountOf(request) };
      const { courseId } = await run(request, reply, createCourse, input, namingPrice);
      reply.code(201);
      return shown(services, courseId);
    },
  );

  app.patch(
    '/courses/:id',
    {
      schema: {
        ...common,
        summary: 'Change what is sent; price, publication, visibility, level and seats are for the instructor and who manages the courses of its organization',
        params: CourseParams,
        body: ChangeCourseBody,
        response: { 200: Course, ...problems(403, 404, 422) },
      },
      config: { ...anyAccount, rule: 'course-changer' },
    },
    async (request, reply) => {
      const { id: courseId } = request.params;
      const input = { courseId, changes: courseChangesOf(request.body), actor: accountOf(request) };
      await run(request, reply, changeCourse, input, namingPrice);
      return shown(services, courseId);
    },
  );

  app.delete(
    '/courses/:id',
    {
      schema: { ...common, summary: 'Delete a course; who has it keeps it', params: CourseParams, response: { 200: DeletedCourse, ...problems(403, 404) } },
      config: { access: 'account', reads: [], shows: reads, rule: 'course-remover' },
    },
    async (request, reply) => {
      const { id } = request.params;
      const input = { courseId: id, actor: accountOf(request) };
      await run(request, reply, deleteCourse, input);
      return { id, deleted: true as const };
    },
  );
};
