import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { handIn } from '../../../commands/assignments/hand-in.js';
import { isWebUrl } from '../../../domain/kernel/web-url.js';
import { submissionById, type SubmissionDocument } from '../../../projections/assignments/queries.js';
import type { HttpServices } from '../../http-services.js';
import type { Wordings } from '../../refusals/wording.js';
import { accountOf } from '../../shared/access.js';
import { invalidField, Problem, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer } from '../answers.js';
import { anyAccount, studentsOnly } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { presentSubmission } from './presenter.js';
import { HandInBody, Submission } from './schemas.js';

const tags = ['Academy: submissions'];
const DOTTED = /^[^.]+(\.[^.]+)+\.?$/;

const refusals: Wordings = {
  'assignment-past-due': [400, 'Assignment due date has passed'],
  'not-enrolled': [403, 'You are not enrolled in this course'],
  'too-many-submissions': { status: 400 },
};

/** http or https, and a host with a dotted name. */
const linkIn = ({ fileUrl = '' }: { readonly fileUrl?: string }): string => {
  if (fileUrl.trim() === '') throw new Problem(400, 'file-url-missing', 'Content or file URL is required');
  if (!isWebUrl(fileUrl) || !DOTTED.test(new URL(fileUrl).hostname)) throw invalidField('fileUrl', 'File URL must be a link of http or https to a host with a dotted name');
  return fileUrl;
};

export const handInRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;
    const noSuchSubmission = (): Problem => new Problem(404, 'submission-not-found', 'Submission not found');

    const known = async (id: string): Promise<SubmissionDocument> => {
      const submission = await submissionById(readModels, id);
      if (submission === undefined) throw noSuchSubmission();
      return submission;
    };
    const handedIn = async (request: FastifyRequest, reply: FastifyReply, assignmentId: string, fileUrl: string) => {
      const { submissionId } = await run(request, reply, handIn, { studentId: accountOf(request).accountId, assignmentId, fileUrl });
      return answer(presentSubmission(await known(submissionId)), 'Submission file updated successfully');
    };

    app.post(
      '/submissions/:id',
      {
        schema: {
          tags,
          summary: 'Hand in a link for an assignment, or another one in its place (7.4.1)',
          description: 'The id is that of the assignment.',
          params: inUrl('id'),
          body: HandInBody,
          response: { 201: Answer(Submission), ...problems(404) },
        },
        config: {
          ...studentsOnly,
          reads: ['assignments'],
          limits: { areas: [limits.submissions] },
          refusals: { ...refusals, 'assignment-not-found': [404, 'Assignment not found or inactive'], 'assignment-inactive': [404, 'Assignment not found or inactive'] },
        },
      },
      async (request, reply) => {
        const answered = await handedIn(request, reply, request.params.id, linkIn(request.body));
        return reply.code(201).send(answered);
      },
    );

    app.patch(
      '/submissions/:id',
      {
        schema: { tags, summary: 'Change the own submission (7.4.1)', params: inUrl('id'), body: HandInBody, response: { 200: Answer(Submission), ...problems(403, 404) } },
        config: {
          ...anyAccount,
          reads: ['assignments'],
          limits: { areas: [limits.submissions] },
          refusals: { ...refusals, 'assignment-not-found': [404, 'Submission not found'], 'assignment-inactive': [400, 'Cannot update submission for inactive assignment'] },
        },
      },
      async (request, reply) => {
        const { studentId, assignmentId } = await known(request.params.id);
        if (studentId !== accountOf(request).accountId) throw new Problem(403, 'not-own-submission', 'You can only update your own submissions');
        return handedIn(request, reply, assignmentId, linkIn(request.body));
      },
    );
  };
