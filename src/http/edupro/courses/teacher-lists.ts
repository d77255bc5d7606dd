import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { MOST_COURSES } from '../../../domain/shelf/decider.js';
import { catalogReads, coursesOfferedBy, coursesOwnedBy, type CatalogCourse } from '../../../projections/catalog/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { teacherByUsername, teachersOnly } from '../callers.js';
import { presentCourse } from './presenter.js';
import { Course } from './schemas.js';
import { tags } from './shown-course.js';

export const teacherCourseRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, config } = services;
    const present = (course: CatalogCourse) => presentCourse(course, config.publicUrl);

    app.get(
      '/course/list-by-teacher/',
      {
        schema: {
          tags,
          summary: 'List courses specific to teacher (3.7)',
          description: `All of the caller's own, published or not, the newest first: a teacher has at most ${MOST_COURSES}.`,
          response: { 200: Type.Array(Course) },
        },
        config: { ...teachersOnly, reads: catalogReads },
      },
      async (request) => (await coursesOwnedBy(readModels, accountOf(request).accountId)).map(present),
    );

    app.get(
      '/course/teacher-list/:teacher_username',
      {
        schema: {
          tags,
          summary: 'List courses by teacher (public) (3.8)',
          description: 'Those on sale to everyone, the newest first.',
          params: Type.Object({ teacher_username: Type.String({ maxLength: 200 }) }),
          response: { 200: Type.Array(Course), ...problems(404) },
        },
        config: { access: 'public', reads: [...catalogReads, 'people'] },
      },
      async (request) => {
        const teacher = await teacherByUsername(readModels, request.params.teacher_username);
        if (teacher === undefined) throw notFound('teacher');
        return (await coursesOfferedBy(readModels, teacher.id)).map(present);
      },
    );
  };
