import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { enrollmentsOfCourse, type CourseEnrollmentDocument } from '../../../projections/learning/queries.js';
import type { HttpServices } from '../../http-services.js';
import { problems } from '../../shared/problem.js';
import { teachersOnly } from '../callers.js';
import { answerPage, Page, PageQuery } from '../pages.js';
import { knownPeople } from '../people/people.js';
import { courseProgress, courseProgressReads } from '../progress/course-progress.js';
import { ownCourse } from './own-course.js';
import { presentBriefEnrollment, presentFullEnrollment, type EnrollmentShown } from './presenter.js';
import { BriefEnrollment, CourseParams, FullEnrollment } from './schemas.js';

const tags = ['EduPro: enrollments'];
const MOST_LISTED = 1_000;
const reads = ['learning', 'courses', 'people', 'profile', ...courseProgressReads] as const;
const rule = 'course-owner';

/** The enrollments with whose they are and how far these are. */
const shownOf = async ({ readModels }: HttpServices, enrollments: readonly CourseEnrollmentDocument[]): Promise<readonly EnrollmentShown[]> => {
  const [people, progresses] = await Promise.all([
    knownPeople(readModels, enrollments.map(({ studentId }) => studentId)),
    courseProgress(readModels, enrollments),
  ]);
  return enrollments.flatMap((enrollment) => {
    const student = people.get(enrollment.studentId);
    const progress = progresses.get(enrollment.id);
    return student === undefined || progress === undefined ? [] : [{ enrollment, student, progress }];
  });
};

/** The students of a course, for its teacher. */
export const courseStudentRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, config: { publicUrl } } = services;

    app.get(
      '/get_student-enrollments/:course_id',
      {
        schema: {
          tags,
          summary: 'Get student enrollments for course (3.10)',
          description: `The newest first, also those that ended: the newest ${MOST_LISTED}.`,
          params: CourseParams,
          response: { 200: Type.Array(BriefEnrollment), ...problems(403, 404) },
        },
        config: { access: 'account', reads, rule },
      },
      async (request) => {
        const { id } = await ownCourse(services, request, request.params.course_id);
        const { found } = await enrollmentsOfCourse(readModels, id, { skip: 0, limit: MOST_LISTED });
        return (await shownOf(services, found)).map(presentBriefEnrollment);
      },
    );

    app.get(
      '/teacher/courses/:course_id/enrollments/',
      {
        schema: {
          tags,
          summary: 'Get teacher course enrollments (3.11)',
          description: 'The newest first, also those that ended.',
          params: CourseParams,
          querystring: Type.Object(PageQuery),
          response: { 200: Page(FullEnrollment), ...problems(403, 404) },
        },
        config: { ...teachersOnly, reads, rule },
      },
      async (request) => {
        const { id } = await ownCourse(services, request, request.params.course_id);
        return answerPage(
          request,
          request.query,
          (slice) => enrollmentsOfCourse(readModels, id, slice),
          async ({ found }) => (await shownOf(services, found)).map((one) => presentFullEnrollment(one, publicUrl)),
        );
      },
    );
  };
