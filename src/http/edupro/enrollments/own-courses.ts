import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { catalogReads, coursesByIds } from '../../../projections/catalog/queries.js';
import { enrollmentsOfStudent } from '../../../projections/learning/queries.js';
import { teachersShuttingOut, teachingOf } from '../../../projections/people/teaching-queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { studentsOnly, teacherByUsername } from '../callers.js';
import { presentCourse } from '../courses/presenter.js';
import { Course } from '../courses/schemas.js';
import { answerPage, Page, PageQuery, type PageSent } from '../pages.js';
import { TeacherParams } from './schemas.js';

const tags = ['EduPro: enrollments'];
const schema = {
  tags,
  description: 'What the student has in full or in part, the newest first. Of a teacher who blocked or removed the student: nothing. Courses that are not published are left out.',
  querystring: Type.Object(PageQuery),
  response: { 200: Page(Course), ...problems(404) },
};
const config = { ...studentsOnly, reads: ['learning', 'people', ...catalogReads] } as const;

type Whose = Parameters<typeof enrollmentsOfStudent>[2];

/** Courses that the student is enrolled in (4.2). */
export const ownCourseRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, config: { publicUrl } } = services;

    const answer = (request: FastifyRequest, query: PageSent, whose: Whose | null) =>
      answerPage(
        request,
        query,
        async (slice) => (whose === null ? { found: [], total: 0 } : enrollmentsOfStudent(readModels, accountOf(request).accountId, whose, slice)),
        async ({ found }) => {
          const courses = await coursesByIds(readModels, found.map(({ courseId }) => courseId));
          return courses.flatMap((course) => (course === undefined ? [] : [presentCourse(course, publicUrl)]));
        },
      );

    app.get('/course/course-enrollment-list/', { schema: { ...schema, summary: 'List course enrollments of all teachers (4.2)' }, config }, async (request) =>
      answer(request, request.query, { except: await teachersShuttingOut(readModels, accountOf(request).accountId) }));

    app.get(
      '/course/course-enrollment-list/:teacher_username',
      { schema: { ...schema, summary: 'List course enrollments (by student) (4.2)', params: TeacherParams }, config },
      async (request) => {
        const teacher = await teacherByUsername(readModels, request.params.teacher_username);
        if (teacher === undefined) throw notFound('teacher');
        const teaching = await teachingOf(readModels, teacher.id, accountOf(request).accountId);
        return answer(request, request.query, teaching?.active === false ? null : { teacherId: teacher.id });
      },
    );
  };
