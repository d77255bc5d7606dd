import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { addOption } from '../../../commands/assessments/options.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { ONE_IS_CORRECT } from './inputs.js';
import { ownOption, ownQuestion } from './own-parts.js';
import { presentOption } from './presenter.js';
import { Option, OptionBody, QuestionParams, tags } from './schemas.js';
import { optionWords } from './words.js';

const url = '/teacher/questions/:question_id/options/';
const config = { ...teachersOnly, reads: ['assessments'], refusals: optionWords } as const;

export const optionsRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      url,
      { schema: { tags, summary: 'List options (10.5)', params: QuestionParams, response: { 200: Type.Array(Option), ...problems(404) } }, config },
      async (request) => (await ownQuestion(readModels, request, request.params.question_id)).options.map(presentOption),
    );

    app.post(
      url,
      {
        schema: { tags, summary: 'Create option (10.5)', description: ONE_IS_CORRECT, params: QuestionParams, body: OptionBody, response: { 201: Option, ...problems(404) } },
        config,
      },
      async (request, reply) => {
        const { option_text: text, is_correct: isCorrect } = request.body;
        const { id: questionId, assessmentId } = await ownQuestion(readModels, request, request.params.question_id);
        const input = { teacherId: accountOf(request).accountId, assessmentId, questionId, option: { text, isCorrect } };
        const { optionId } = await run(request, reply, addOption, input);
        const { option } = await ownOption(readModels, request, optionId);
        return reply.code(201).send(presentOption(option));
      },
    );
  };
