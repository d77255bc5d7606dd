import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeCourse } from '../../../commands/courses/change-course.js';
import { createCourse } from '../../../commands/courses/create-course.js';
import { deleteCourse } from '../../../commands/courses/delete-course.js';
import { academyCourse, type AcademyCourseDocument } from '../../../projections/academy-courses/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer, Gone, gone } from '../answers.js';
import { adminsOnly } from '../callers.js';
import { inUrl } from '../fields.js';
import { canonicalLevel } from '../levels.js';
import { limits } from '../limits.js';
import { levelSentence } from '../packages/sentences.js';
import { presentCourse } from './presenter.js';
import { noSuchCourse } from './reads.js';
import { Course, CourseChanges, NewCourse } from './schemas.js';

const tags = ['Academy: courses'];
/** Courses of the academy are sold in packages alone: on no other surface, and not by themselves. */
const UNSOLD = { price: '0', published: false, organizationId: null, organizationPrivate: false, capacity: null } as const;

const config = { ...adminsOnly, reads: ['academy-courses'], limits: { areas: [limits.browsing] } } as const;

/** What is no course of the academy is none here. */
const known = async ({ readModels }: HttpServices, courseId: string): Promise<AcademyCourseDocument> => {
  const course = await academyCourse(readModels, courseId);
  if (course === undefined) throw noSuchCourse();
  return course;
};

const createRoute =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.post(
      '/courses/admin',
      {
        schema: { tags, summary: 'Create a course (2.2.3)', body: NewCourse, response: { 201: Answer(Course) } },
        config,
      },
      async (request, reply) => {
        const { level = 'ENTRY', quota, ...texts } = request.body;
        const { seats } = services.commands.settings.academy;
        const academyQuota = quota ?? Math.max(1, seats[level] + seats.BUNDLE);
        const details = { ...texts, thumbnailUrl: null, level: canonicalLevel(level), category: 'Academy', tags: [], academyQuota };
        const { courseId } = await run(request, reply, createCourse, { actor: accountOf(request), ...details, ...UNSOLD });
        return reply.code(201).send(answer(presentCourse(await known(services, courseId)), 'Course created successfully'));
      },
    );
  };

const updateRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.put(
      '/courses/admin/:id',
      {
        schema: { tags, summary: 'Change a course (2.2.4)', params: inUrl('id'), body: CourseChanges, response: { 200: Answer(Course), ...problems(404) } },
        config,
      },
      async (request, reply) => {
        const { id: courseId } = request.params;
        await known(services, courseId);
        const { level, quota, ...texts } = request.body;
        const changes = {
          ...texts,
          ...(level === undefined ? {} : { level: canonicalLevel(level) }),
          ...(quota === undefined ? {} : { academyQuota: quota }),
        };
        await run(request, reply, changeCourse, { actor: accountOf(request), courseId, changes }, levelSentence);
        return answer(presentCourse(await known(services, courseId)), 'Course updated successfully');
      },
    );

    app.delete(
      '/courses/admin/:id',
      {
        schema: { tags, summary: 'Delete a course (2.2.5)', params: inUrl('id'), response: { 200: Gone, ...problems(404) } },
        config,
      },
      async (request, reply) => {
        const { id: courseId } = request.params;
        await known(services, courseId);
        await run(request, reply, deleteCourse, { actor: accountOf(request), courseId });
        return gone('Course deleted successfully');
      },
    );
  };

export const courseChangeRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(createRoute(services));
    await app.register(updateRoutes(services));
  };
