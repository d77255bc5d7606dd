import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { academyCoursesByIds } from '../../../projections/academy-courses/queries.js';
import { academyEnrollmentsOf, countEnrolled } from '../../../projections/academy-enrollments/queries.js';
import { hasAccess } from '../../../projections/enrollments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { Answer, answer } from '../answers.js';
import { studentsAdminsAndServices } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { listSlice, PlainListQuery, tellTotal } from '../paging.js';
import { withCourses } from './presenter.js';
import { EnrollmentWithCourse } from './schemas.js';

const tags = ['Academy: enrollments'];
const CHECKED = 'Enrollment status checked successfully';

const Standing = Type.Object({ isEnrolled: Type.Boolean() });

/** Of the caller, or of whom a service names. */
export const ownEnrollmentRoutes =
  ({ readModels }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/enrollments/me',
      {
        schema: { tags, summary: 'Own enrollments, the newest first (section 6)', querystring: PlainListQuery, response: { 200: Answer(Type.Array(EnrollmentWithCourse)) } },
        config: { ...studentsAdminsAndServices, reads: ['academy-enrollments', 'academy-courses'], limits: { areas: [limits.people, limits.ownEnrollments] } },
      },
      async (request, reply) => {
        const { enrollments, total } = await academyEnrollmentsOf(readModels, accountOf(request).accountId, listSlice(request.query));
        tellTotal(reply, total);
        return answer(await withCourses(readModels, enrollments), 'User enrollments retrieved successfully');
      },
    );

    app.get(
      '/enrollments/isenrolled',
      {
        schema: {
          tags,
          summary: 'Whether one is enrolled at all (section 6)',
          response: { 200: Answer(Type.Object({ ...Standing.properties, enrollmentCount: Type.Integer() })) },
        },
        config: { ...studentsAdminsAndServices, reads: ['academy-enrollments'], limits: { areas: [limits.people, limits.enrollmentStatus] } },
      },
      async (request) => {
        const enrollmentCount = await countEnrolled(readModels, accountOf(request).accountId);
        return answer({ isEnrolled: enrollmentCount > 0, enrollmentCount }, CHECKED);
      },
    );

    app.get(
      '/enrollments/:courseId/status',
      {
        schema: { tags, summary: 'Whether one has the course (section 6)', params: inUrl('courseId'), response: { 200: Answer(Standing) } },
        config: { ...studentsAdminsAndServices, reads: ['enrollments', 'academy-courses'], limits: { areas: [limits.people, limits.enrollmentStatus] } },
      },
      async (request) => {
        const { courseId } = request.params;
        const { accountId } = accountOf(request);
        const [course] = await academyCoursesByIds(readModels, [courseId]);
        return answer({ isEnrolled: course !== undefined && (await hasAccess(readModels, accountId, courseId)) }, CHECKED);
      },
    );
  };
