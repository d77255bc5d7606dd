import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { enrollInCourse, enrollInModule } from '../../../commands/enrollments/enroll-with-teacher.js';
import { moduleById } from '../../../projections/curricula/queries.js';
import { courseEnrollmentOf, moduleEnrollmentOf } from '../../../projections/learning/queries.js';
import { personById } from '../../../projections/people/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { studentsOnly } from '../callers.js';
import { presentCourseEnrollment, presentModuleEnrollment } from './presenter.js';
import { CourseEnrollment, EnrollInCourseBody, EnrollInModuleBody, ModuleEnrollment } from './schemas.js';
import { codeIn, enrollmentWords, namesCode, noSuchKey, reviewing } from './words.js';

const tags = ['EduPro: enrollments'];
const shows = ['enrollments', 'catalog', 'teacher-coupons'] as const;
const limits = { guesses: namesCode };

export const enrollInCourseRoute =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.post(
      '/course/course-enrollment/',
      {
        schema: {
          tags,
          summary: 'Course enrollment (4.1)',
          description: 'With a coupon of the teacher, which a free course does not need and does not spend. Ten wrong codes a minute are allowed.',
          body: EnrollInCourseBody,
          response: { 201: CourseEnrollment, ...problems(404) },
        },
        config: { ...studentsOnly, reads: ['learning', 'people'], shows, limits, refusals: enrollmentWords('course', 'Student already has full access to this course') },
      },
      async (request, reply) => {
        const { accountId: studentId } = accountOf(request);
        const { course_id: courseId } = request.body;
        await run(request, reply, enrollInCourse, { studentId, courseId, code: codeIn(request.body) }, reviewing(request, 'course_id', courseId));
        const enrollment = await courseEnrollmentOf(readModels, studentId, courseId);
        if (enrollment === undefined) throw notFound('enrollment');
        const [teacher, student] = await Promise.all([personById(readModels, enrollment.teacherId), personById(readModels, studentId)]);
        reply.code(201);
        return presentCourseEnrollment(enrollment, teacher?.number ?? 0, student?.number ?? 0);
      },
    );
  };

export const enrollInModuleRoute =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.post(
      '/course/module-enrollment/',
      {
        schema: {
          tags,
          summary: 'Module enrollment (7.6)',
          description: 'As the enrollment in a course. Who has the course has its modules.',
          body: EnrollInModuleBody,
          response: { 201: ModuleEnrollment, ...problems(404) },
        },
        config: {
          ...studentsOnly,
          reads: ['curricula', 'learning', 'people'],
          shows,
          limits,
          refusals: enrollmentWords('module', 'Student already enrolled in this module'),
        },
      },
      async (request, reply) => {
        const { accountId: studentId } = accountOf(request);
        const { module_id: moduleId } = request.body;
        const module = await moduleById(readModels, moduleId);
        if (module === undefined) return noSuchKey('module_id', moduleId);
        const input = { studentId, courseId: module.courseId, moduleId, code: codeIn(request.body) };
        await run(request, reply, enrollInModule, input, reviewing(request, 'module_id', moduleId));
        const [enrollment, student] = await Promise.all([moduleEnrollmentOf(readModels, studentId, moduleId), personById(readModels, studentId)]);
        if (enrollment === undefined) throw notFound('enrollment');
        reply.code(201);
        return presentModuleEnrollment(enrollment, student?.number ?? 0);
      },
    );
  };
