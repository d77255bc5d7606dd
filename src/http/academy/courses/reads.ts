import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { Type, type Static } from 'typebox';
import { academyCourse, listAcademyCourses } from '../../../projections/academy-courses/queries.js';
import type { HttpServices } from '../../http-services.js';
import { Problem, problems } from '../../shared/problem.js';
import { Answer, answer } from '../answers.js';
import { adminsOnly, anyAccount } from '../callers.js';
import { inUrl } from '../fields.js';
import { canonicalLevel } from '../levels.js';
import { limits } from '../limits.js';
import { listSlice, tellTotal } from '../paging.js';
import { presentCourse } from './presenter.js';
import { Course, CourseQuery } from './schemas.js';

const tags = ['Academy: courses'];
const reads = ['academy-courses'] as const;

export const noSuchCourse = (): Problem => new Problem(404, 'course-not-found', 'Course not found');

/** The same for students, and with all details for admins. */
export const courseReadRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels } = services;

    const list = async ({ level, search, ...query }: Static<typeof CourseQuery>, reply: FastifyReply) => {
      const wanted = { search, ...(level === undefined ? {} : { level: canonicalLevel(level) }) };
      const { courses, total } = await listAcademyCourses(readModels, wanted, listSlice(query));
      tellTotal(reply, total);
      return answer(courses.map(presentCourse));
    };
    const one = async (courseId: string) => {
      const course = await academyCourse(readModels, courseId);
      if (course === undefined) throw noSuchCourse();
      return answer(presentCourse(course));
    };

    for (const [url, callers] of [['/courses', anyAccount], ['/courses/admin', adminsOnly]] as const) {
      app.get(
        url,
        {
          schema: { tags, summary: `All courses (2.2.1)`, querystring: CourseQuery, response: { 200: Answer(Type.Array(Course)) } },
          config: { ...callers, reads, limits: { areas: [limits.browsing] } },
        },
        async (request, reply) => list(request.query, reply),
      );
      app.get(
        `${url}/:id`,
        {
          schema: { tags, summary: 'One course (2.2.2)', params: inUrl('id'), response: { 200: Answer(Course), ...problems(404) } },
          config: { ...callers, reads, limits: { areas: [limits.browsing] } },
        },
        async ({ params }) => one(params.id),
      );
    }
  };
