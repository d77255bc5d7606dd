import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { createAssessment } from '../../../commands/assessments/create-assessment.js';
import { assessmentsOfTeacher } from '../../../projections/assessments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { namingCourse, newDetails, PUBLICATION } from './inputs.js';
import { ownAssessment } from './own-parts.js';
import { presentAssessment } from './presenter.js';
import { Assessment, AssessmentBody, tags } from './schemas.js';
import { assessmentWords } from './words.js';

const url = '/teacher/assessments/';
const config = { ...teachersOnly, reads: ['assessments'], refusals: assessmentWords } as const;

export const assessmentsRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      url,
      {
        schema: {
          tags,
          summary: 'List assessments (10.1)',
          description: 'All of the teacher, the newest first.',
          querystring: Type.Object({ course: Type.Optional(Type.String({ maxLength: 200, description: 'Those for one course' })) }),
          response: { 200: Type.Array(Assessment) },
        },
        config,
      },
      async (request) => {
        const { course } = request.query;
        const found = await assessmentsOfTeacher(readModels, accountOf(request).accountId, course === '' ? undefined : course);
        return found.map(presentAssessment);
      },
    );

    app.post(
      url,
      { schema: { tags, summary: 'Create assessment (10.1)', description: PUBLICATION, body: AssessmentBody, response: { 201: Assessment } }, config },
      async (request, reply) => {
        const { body } = request;
        const { accountId: teacherId } = accountOf(request);
        const input = { teacherId, details: newDetails(body), published: body.is_published ?? true };
        const { assessmentId } = await run(request, reply, createAssessment, input, namingCourse(body.course));
        return reply.code(201).send(presentAssessment(await ownAssessment(readModels, request, assessmentId)));
      },
    );
  };
