import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { deleteOwnCourse } from '../../../commands/courses/own-course.js';
import { catalogReads } from '../../../projections/catalog/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, optionalAccountOf } from '../../shared/access.js';
import { visibleCourse } from '../../shared/course-visibility.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { Course } from './schemas.js';
import { CourseParams, shown, tags } from './shown-course.js';

export const courseRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.get(
      '/course/course-detail/:course_id',
      {
        schema: { tags, summary: 'Course detail (3.3)', params: CourseParams, response: { 200: Course, ...problems(404) } },
        config: { access: 'public', reads: ['courses', ...catalogReads], rule: 'course-reader' },
      },
      async (request) => {
        const course = await visibleCourse(services, optionalAccountOf(request), request.params.course_id);
        if (course === undefined) throw notFound('course');
        return shown(services, course.id);
      },
    );

    app.delete(
      '/course/course-delete/:course_id',
      {
        schema: {
          tags,
          summary: 'Delete course (3.5)',
          description: 'Students who have it keep it.',
          params: CourseParams,
          response: { 204: Type.Null(), ...problems(403, 404) },
        },
        config: { ...teachersOnly, reads: catalogReads, shows: ['courses'], rule: 'course-owner' },
      },
      async (request, reply) => {
        await run(request, reply, deleteOwnCourse, { actor: accountOf(request), courseId: request.params.course_id });
        return reply.code(204).send(null);
      },
    );
  };
