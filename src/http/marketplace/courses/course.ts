import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { HttpServices } from '../../http-services.js';
import { optionalAccountOf } from '../../shared/access.js';
import { cachedAnswer } from '../../shared/cached-answer.js';
import { visibleCourse } from '../../shared/course-visibility.js';
import { notFound, problems } from '../../shared/problem.js';
import { presentCourse } from './presenter.js';
import { Course, CourseParams } from './schemas.js';
import { anybody, common } from './shown-course.js';

export const courseRoute = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const answerCourse = cachedAnswer(presentCourse);

  app.get(
    '/courses/:id',
    { schema: { ...common, summary: 'One course', params: CourseParams, response: { 200: Course, ...problems(404) } }, config: { ...anybody, rule: 'course-reader' } },
    async (request, reply) => {
      const course = await visibleCourse(services, optionalAccountOf(request), request.params.id);
      if (course === undefined) throw notFound('course');
      return answerCourse(reply, course);
    },
  );
};
