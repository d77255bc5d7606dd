import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { changeOption, removeOption } from '../../../commands/assessments/options.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { ONE_IS_CORRECT } from './inputs.js';
import { ownOption } from './own-parts.js';
import { presentOption } from './presenter.js';
import { Option, OptionBody, OptionChanges, OptionParams, tags } from './schemas.js';
import { optionWords } from './words.js';

const url = '/teacher/questions/options/:option_id/';
const config = { ...teachersOnly, reads: ['assessments'], refusals: optionWords } as const;
const changing = { tags, description: ONE_IS_CORRECT, params: OptionParams, response: { 200: Option, ...problems(404) } };

export const optionRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      url,
      { schema: { tags, summary: 'Option (10.6)', params: OptionParams, response: { 200: Option, ...problems(404) } }, config },
      async (request) => presentOption((await ownOption(readModels, request, request.params.option_id)).option),
    );

    const change = async (request: FastifyRequest, reply: FastifyReply, optionId: string, body: Static<typeof OptionChanges>): Promise<Static<typeof Option>> => {
      const { option_text: text, is_correct: isCorrect } = body;
      const { question } = await ownOption(readModels, request, optionId);
      const changes = { ...(text === undefined ? {} : { text }), ...(isCorrect === undefined ? {} : { isCorrect }) };
      const input = { teacherId: accountOf(request).accountId, assessmentId: question.assessmentId, questionId: question.id, optionId, changes };
      await run(request, reply, changeOption, input);
      return presentOption((await ownOption(readModels, request, optionId)).option);
    };

    app.put(url, { schema: { ...changing, summary: 'Update option (10.6)', body: OptionBody }, config }, async (request, reply) =>
      change(request, reply, request.params.option_id, request.body),
    );

    app.patch(url, { schema: { ...changing, summary: 'Update some fields of an option (10.6)', body: OptionChanges }, config }, async (request, reply) =>
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
