import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { changeAssessment } from '../../../commands/assessments/change-assessment.js';
import { deleteAssessment } from '../../../commands/assessments/delete-assessment.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { detailsOf, namingCourse, PUBLICATION } from './inputs.js';
import { idOf, ownAssessment } from './own-parts.js';
import { presentAssessment } from './presenter.js';
import { Assessment, AssessmentBody, AssessmentChanges, AssessmentParams, tags } from './schemas.js';
import { assessmentWords } from './words.js';

const url = '/teacher/assessments/:assessment_id/';
const config = { ...teachersOnly, reads: ['assessments'], refusals: assessmentWords } as const;
const changing = { tags, description: `What is left out stays. ${PUBLICATION}`, params: AssessmentParams, response: { 200: Assessment, ...problems(404) } };

export const assessmentRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      url,
      { schema: { tags, summary: 'Assessment (10.2)', params: AssessmentParams, response: { 200: Assessment, ...problems(404) } }, config },
      async (request) => presentAssessment(await ownAssessment(readModels, request, request.params.assessment_id)),
    );

    const change = async (request: FastifyRequest, reply: FastifyReply, id: string, body: Static<typeof AssessmentChanges>): Promise<Static<typeof Assessment>> => {
      const assessmentId = idOf(id);
      const { is_published: published } = body;
      const input = { teacherId: accountOf(request).accountId, assessmentId, details: detailsOf(body), ...(published === undefined ? {} : { published }) };
      await run(request, reply, changeAssessment, input, namingCourse(body.course));
      return presentAssessment(await ownAssessment(readModels, request, assessmentId));
    };

    app.put(url, { schema: { ...changing, summary: 'Update assessment (10.2)', body: AssessmentBody }, config }, async (request, reply) =>
      change(request, reply, request.params.assessment_id, request.body),
    );

    app.patch(url, { schema: { ...changing, summary: 'Update some fields of an assessment (10.2)', body: AssessmentChanges }, config }, async (request, reply) =>
      change(request, reply, request.params.assessment_id, request.body),
    );

    app.delete(
      url,
      {
        schema: {
          tags,
          summary: 'Delete assessment (10.2)',
          description: 'With its questions. Attempts stay.',
          params: AssessmentParams,
          response: { 204: Type.Null(), ...problems(404) },
        },
        config,
      },
      async (request, reply) => {
        const assessmentId = idOf(request.params.assessment_id);
        await run(request, reply, deleteAssessment, { teacherId: accountOf(request).accountId, assessmentId });
        return reply.code(204).send(null);
      },
    );
  };
