import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { changeQuestion, removeQuestion } from '../../../commands/assessments/questions.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { contentOf, OPTIONS } from './inputs.js';
import { ownQuestion } from './own-parts.js';
import { presentQuestion } from './presenter.js';
import { Question, QuestionBody, QuestionChanges, QuestionParams, tags } from './schemas.js';
import { questionWords } from './words.js';

const url = '/teacher/assessments/questions/:question_id/';
const config = { ...teachersOnly, reads: ['assessments'], refusals: questionWords } as const;
const changing = {
  tags,
  description: `What is left out stays; options that are sent replace all that there were. ${OPTIONS}`,
  params: QuestionParams,
  response: { 200: Question, ...problems(404) },
};

export const questionRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      url,
      { schema: { tags, summary: 'Question (10.4)', params: QuestionParams, response: { 200: Question, ...problems(404) } }, config },
      async (request) => presentQuestion(await ownQuestion(readModels, request, request.params.question_id)),
    );

    const change = async (request: FastifyRequest, reply: FastifyReply, id: string, body: Static<typeof QuestionChanges>): Promise<Static<typeof Question>> => {
      const { id: questionId, assessmentId } = await ownQuestion(readModels, request, id);
      await run(request, reply, changeQuestion, { teacherId: accountOf(request).accountId, assessmentId, questionId, changes: contentOf(body) });
      return presentQuestion(await ownQuestion(readModels, request, questionId));
    };

    app.put(url, { schema: { ...changing, summary: 'Update question (10.4)', body: QuestionBody }, config }, async (request, reply) =>
      change(request, reply, request.params.question_id, request.body),
    );

    app.patch(url, { schema: { ...changing, summary: 'Update some fields of a question (10.4)', body: QuestionChanges }, config }, async (request, reply) =>
      change(request, reply, request.params.question_id, request.body),
    );

    app.delete(
      url,
      { schema: { tags, summary: 'Delete question (10.4)', params: QuestionParams, response: { 204: Type.Null(), ...problems(400, 404) } }, config },
      async (request, reply) => {
        const { id: questionId, assessmentId } = await ownQuestion(readModels, request, request.params.question_id);
        await run(request, reply, removeQuestion, { teacherId: accountOf(request).accountId, assessmentId, questionId });
        return reply.code(204).send(null);
      },
    );
  };
