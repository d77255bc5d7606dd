import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { enrollInFreeCourse } from '../../../commands/enrollments/enroll-in-free-course.js';
import { enrollmentOf } from '../../../projections/enrollments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { presentEnrollment } from './presenter.js';
import { CourseParams, Enrollment } from './schemas.js';
import { common } from './shown-course.js';

export const enrollmentRoute = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.post(
    '/courses/:id/enroll',
    {
      schema: {
        ...common,
        summary: 'Enroll in a free course; one with a price is bought with POST /payments',
        params: CourseParams,
        response: { 200: Enrollment, ...problems(402, 404, 409, 422) },
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
