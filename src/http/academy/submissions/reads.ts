import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { academyCoursesByIds } from '../../../projections/academy-courses/queries.js';
import { listSubmissions } from '../../../projections/assignments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { Problem, problems } from '../../shared/problem.js';
import { Answer, answer } from '../answers.js';
import { adminsOnly, anyAccount } from '../callers.js';
import { noSuchCourse } from '../courses/reads.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { listSlice, PagedQuery, pageOf, PlainListQuery, presentPagination, tellTotal } from '../paging.js';
import { presentListed, presentOwn, presentOwnListed } from './presenter.js';
import { OwnSubmission, OwnSubmissionPage, SubmissionPage, SubmissionQuery } from './schemas.js';

const tags = ['Academy: submissions'];
const OTHERS = 'You can only view your own submissions';

const adminRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels } = services;
    const config = { ...adminsOnly, reads: ['assignments', 'accounts'], limits: { areas: [limits.submissions] } } as const;

    app.get(
      '/submissions',
      { schema: { tags, summary: 'All submissions (7.4.1)', querystring: SubmissionQuery, response: { 200: Answer(SubmissionPage) } }, config },
      async ({ query }) => {
        const page = pageOf(query);
        const { status, assignmentId, userId: studentId } = query;
        if (status === 'NOT_SUBMITTED') return answer({ submissions: [], pagination: presentPagination(0, page) });
        const late = status === undefined ? undefined : status === 'LATE';
        const { submissions, total } = await listSubmissions(readModels, { late, assignmentId, studentId }, page);
        return answer({ submissions: await presentListed(readModels, submissions), pagination: presentPagination(total, page) });
      },
    );

    app.get(
      '/submissions/course/:courseId',
      {
        schema: { tags, summary: 'The submissions of a course (7.4.1)', params: inUrl('courseId'), querystring: PagedQuery, response: { 200: Answer(SubmissionPage), ...problems(403, 404) } },
        config: { ...config, access: 'account', reads: ['assignments', 'accounts', 'academy-courses'] },
      },
      async (request) => {
        if (accountOf(request).role !== 'admin') throw new Problem(403, 'not-own-submission', OTHERS);
        const { courseId } = request.params;
        const [course] = await academyCoursesByIds(readModels, [courseId]);
        if (course === undefined) throw noSuchCourse();
        const page = pageOf(request.query);
        const { submissions, total } = await listSubmissions(readModels, { courseId }, page);
        return answer({ submissions: await presentListed(readModels, submissions), pagination: presentPagination(total, page) });
      },
    );
  };

const ownRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, commands: { clock } } = services;
    const config = { ...anyAccount, reads: ['assignments'], limits: { areas: [limits.submissions] } } as const;

    app.get(
      '/submissions/user/:userId',
      { schema: { tags, summary: 'The submissions of a person (7.4.1)', params: inUrl('userId'), querystring: PagedQuery, response: { 200: Answer(OwnSubmissionPage), ...problems(403) } }, config },
      async (request) => {
        const { userId: studentId } = request.params;
        const { accountId, role } = accountOf(request);
        if (role !== 'admin' && accountId !== studentId) throw new Problem(403, 'not-own-submission', OTHERS);
        const page = pageOf(request.query);
        const { submissions, total } = await listSubmissions(readModels, { studentId }, page);
        return answer({ submissions: await presentOwnListed(readModels, submissions), pagination: presentPagination(total, page) });
      },
    );

    app.get(
      '/submissions/me',
      { schema: { tags, summary: 'The own submissions (7.4.1)', querystring: PlainListQuery, response: { 200: Answer(Type.Array(OwnSubmission)) } }, config },
      async (request, reply) => {
        const { accountId: studentId } = accountOf(request);
        const { submissions, total } = await listSubmissions(readModels, { studentId }, listSlice(request.query));
        tellTotal(reply, total);
        return answer(await presentOwn(readModels, submissions, clock.now().toISOString()));
      },
    );
  };

export const submissionReadRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(adminRoutes(services));
    await app.register(ownRoutes(services));
  };
