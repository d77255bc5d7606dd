import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { addOption, changeOption, removeOption } from '../../../commands/assessments/options.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { ownOption, ownQuestion } from './own-parts.js';
import { presentOption } from './presenter.js';
import { Option, OptionBody, OptionParams, QuestionParams } from './schemas.js';
import { optionWords } from './words.js';

const tags = ['EduPro: assessments'];
const listUrl = '/teacher/questions/:question_id/options/';
const url = '/teacher/questions/options/:option_id/';
const Changes = Type.Partial(OptionBody);

const config = { ...teachersOnly, reads: ['assessments'], refusals: optionWords } as const;

const ONE_IS_CORRECT = 'An option that is made correct is the only correct one of its question from then on.';

export const optionRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      listUrl,
      { schema: { tags, summary: 'List options (10.5)', params: QuestionParams, response: { 200: Type.Array(Option), ...problems(404) } }, config },
      async (request) => (await ownQuestion(readModels, request, request.params.question_id)).options.map(presentOption),
    );

    app.post(
      listUrl,
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

    app.get(
      url,
      { schema: { tags, summary: 'Option (10.6)', params: OptionParams, response: { 200: Option, ...problems(404) } }, config },
      async (request) => presentOption((await ownOption(readModels, request, request.params.option_id)).option),
    );

    const change = async (request: FastifyRequest, reply: FastifyReply, optionId: string, body: Static<typeof Changes>): Promise<Static<typeof Option>> => {
      const { option_text: text, is_correct: isCorrect } = body;
      const { question } = await ownOption(readModels, request, optionId);
      const changes = { ...(text === undefined ? {} : { text }), ...(isCorrect === undefined ? {} : { isCorrect }) };
      const input = { teacherId: accountOf(request).accountId, assessmentId: question.assessmentId, questionId: question.id, optionId, changes };
      await run(request, reply, changeOption, input);
      return presentOption((await ownOption(readModels, request, optionId)).option);
    };

    const changing = { tags, description: ONE_IS_CORRECT, params: OptionParams, response: { 200: Option, ...problems(404) } };

    app.put(url, { schema: { ...changing, summary: 'Update option (10.6)', body: OptionBody }, config }, async (request, reply) =>
      change(request, reply, request.params.option_id, request.body),
    );

    app.patch(url, { schema: { ...changing, summary: 'Update some fields of an option (10.6)', body: Changes }, config }, async (request, reply) =>
      change(request, reply, request.params.option_id, request.body),
    );

    app.delete(
      url,
      { schema: { tags, summary: 'Delete option (10.6)', params: OptionParams, response: { 204: Type.Null(), ...problems(400, 404) } }, config },
      async (request, reply) => {
        const { option_id: optionId } = request.params;
        const { question } = await ownOption(readModels, request, optionId);
        const input = { teacherId: accountOf(request).accountId, assessmentId: question.assessmentId, questionId: question.id, optionId };
        await run(request, reply, removeOption, input);
        return reply.code(204).send(null);
      },
    );
  };
