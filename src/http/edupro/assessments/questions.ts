import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { addQuestion } from '../../../commands/assessments/questions.js';
import { questionsOfAssessment } from '../../../projections/assessments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { newContent, OPTIONS } from './inputs.js';
import { ownAssessment, ownQuestion } from './own-parts.js';
import { presentQuestion } from './presenter.js';
import { AssessmentParams, Question, QuestionBody, tags } from './schemas.js';
import { questionWords } from './words.js';

const url = '/teacher/assessments/:assessment_id/questions/';
const config = { ...teachersOnly, reads: ['assessments'], refusals: questionWords } as const;

export const questionsRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      url,
      {
        schema: {
          tags,
          summary: 'List questions (10.3)',
          description: 'In the order in which they were added.',
          params: AssessmentParams,
          response: { 200: Type.Array(Question), ...problems(404) },
        },
        config,
      },
      async (request) => {
        const { id } = await ownAssessment(readModels, request, request.params.assessment_id);
        return (await questionsOfAssessment(readModels, id)).map(presentQuestion);
      },
    );

    app.post(
      url,
      {
        schema: { tags, summary: 'Create question (10.3)', description: OPTIONS, params: AssessmentParams, body: QuestionBody, response: { 201: Question, ...problems(404) } },
        config,
      },
      async (request, reply) => {
        const { id: assessmentId } = await ownAssessment(readModels, request, request.params.assessment_id);
        const input = { teacherId: accountOf(request).accountId, assessmentId, question: newContent(request.body) };
        const { questionId } = await run(request, reply, addQuestion, input);
        return reply.code(201).send(presentQuestion(await ownQuestion(readModels, request, questionId)));
      },
    );
  };
