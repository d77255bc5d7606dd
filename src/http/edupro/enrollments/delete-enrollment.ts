import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { endEnrollment } from '../../../commands/enrollments/end-enrollment.js';
import { courseEnrollmentByNumber } from '../../../projections/learning/queries.js';
import type { HttpServices } from '../../http-services.js';
import { LiteralProblem } from '../../refusals/wording.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { ownCourse } from './own-course.js';
import { CourseParams, EnrollmentParams } from './schemas.js';

const NUMBER = /^[0-9]{1,15}$/;
const schema = {
  tags: ['EduPro: enrollments'],
  description: 'Ends access to the course and to its modules, however it came about. Nothing is refunded, the use of a coupon stays spent, progress stays.',
  response: { 204: Type.Null(), ...problems(400, 403, 404) },
};
const config = { access: 'account', shows: ['enrollments', 'catalog'], refusals: { 'not-enrolled': [404, 'Not found.'] } } as const;

/** Delete course enrollment (4.3). */
export const deleteEnrollmentRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.delete(
      '/course/course-enrollment-delete/:course_id/',
      { schema: { ...schema, summary: 'Delete course enrollment, by the student (4.3)', params: CourseParams }, config: { ...config, reads: ['learning'] } },
      async (request, reply) => {
        const { accountId: studentId, role } = accountOf(request);
        if (role === 'instructor' || role === 'admin') {
          throw new LiteralProblem(400, 'enrollment-missing', 'no enrollment', { student_id: 'student id is required' });
        }
        await run(request, reply, endEnrollment, { studentId, courseId: request.params.course_id });
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/course/course-enrollment-delete/:course_id/:enrollment_id',
      {
        schema: { ...schema, summary: 'Delete course enrollment, by the teacher (4.3)', params: EnrollmentParams },
        config: { ...config, reads: ['learning', 'courses'], rule: 'course-owner' },
      },
      async (request, reply) => {
        const { course_id: courseId, enrollment_id: id } = request.params;
        await ownCourse(services, request, courseId);
        const enrollment = NUMBER.test(id) ? await courseEnrollmentByNumber(services.readModels, Number(id)) : undefined;
        if (enrollment === undefined || enrollment.courseId !== courseId) throw notFound('enrollment');
        await run(request, reply, endEnrollment, { studentId: enrollment.studentId, courseId });
        return reply.code(204).send(null);
      },
    );
  };
