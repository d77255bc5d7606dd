import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { academyCourse } from '../../../projections/academy-courses/queries.js';
import { assignmentById, listAssignments, listSubmissions } from '../../../projections/assignments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { Problem, problems } from '../../shared/problem.js';
import { Answer, answer } from '../answers.js';
import { adminsOnly, anyAccount } from '../callers.js';
import { noSuchCourse } from '../courses/reads.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { listSlice, MOST_LISTED, pageOf, PlainListQuery, presentPagination, tellTotal } from '../paging.js';
import { presentSubmission } from '../submissions/presenter.js';
import { presentCounted, presentTimed } from './presenter.js';
import { AssignmentPage, AssignmentQuery, AssignmentWithSubmissions, CountedAssignment } from './schemas.js';

const tags = ['Academy: assignments'];

export const noSuchAssignment = (): Problem => new Problem(404, 'assignment-not-found', 'Assignment not found');

export const assignmentReadRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, commands: { clock } } = services;
    const config = { reads: ['assignments'], limits: { areas: [limits.browsing] } } as const;
    const now = (): string => clock.now().toISOString();

    app.get(
      '/assignments',
      {
        schema: { tags, summary: 'All assignments (7.3.1)', querystring: AssignmentQuery, response: { 200: Answer(AssignmentPage) } },
        config: { ...adminsOnly, ...config },
      },
      async ({ query }) => {
        const page = pageOf(query);
        const { status, courseId, search } = query;
        const found = await listAssignments(readModels, { status, courseId, search }, now(), page);
        return answer({ assignments: found.assignments.map((assignment) => presentCounted(assignment, now())), pagination: presentPagination(found.total, page) });
      },
    );

    app.get(
      '/assignments/course/:courseId',
      {
        schema: { tags, summary: 'The active assignments of a course, earliest due date first (7.3.1)', params: inUrl('courseId'), querystring: PlainListQuery, response: { 200: Answer(Type.Array(CountedAssignment)), ...problems(404) } },
        config: { ...anyAccount, ...config, reads: ['assignments', 'academy-courses'] },
      },
      async ({ params: { courseId }, query }, reply) => {
        if ((await academyCourse(readModels, courseId)) === undefined) throw noSuchCourse();
        const found = await listAssignments(readModels, { courseId, status: 'ACTIVE' }, now(), listSlice(query));
        tellTotal(reply, found.total);
        return answer(found.assignments.map((assignment) => presentCounted(assignment, now())));
      },
    );

    app.get(
      '/assignments/:id',
      {
        schema: {
          tags,
          summary: 'One assignment with what was handed in (7.3.1)',
          description: `At most ${MOST_LISTED} submissions; GET /submissions?assignmentId= has all of them.`,
          params: inUrl('id'),
          response: { 200: Answer(AssignmentWithSubmissions), ...problems(404) },
        },
        config: { ...adminsOnly, ...config },
      },
      async ({ params: { id } }) => {
        const assignment = await assignmentById(readModels, id);
        if (assignment === undefined) throw noSuchAssignment();
        const { submissions } = await listSubmissions(readModels, { assignmentId: id }, { skip: 0, limit: MOST_LISTED });
        return answer({ ...presentTimed(assignment, now()), submissions: submissions.map(presentSubmission) });
      },
    );
  };
