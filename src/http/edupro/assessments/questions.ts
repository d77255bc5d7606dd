import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { addQuestion, changeQuestion, removeQuestion, type WantedQuestion } from '../../../commands/assessments/questions.js';
import { questionsOfAssessment } from '../../../projections/assessments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { ownAssessment, ownQuestion } from './own-parts.js';
import { presentQuestion } from './presenter.js';
import { AssessmentParams, Question, QuestionBody, QuestionParams } from './schemas.js';
import { questionWords } from './words.js';

const tags = ['EduPro: assessments'];
const listUrl = '/teacher/assessments/:assessment_id/questions/';
const url = '/teacher/assessments/questions/:question_id/';
const Changes = Type.Partial(QuestionBody);

const config = { ...teachersOnly, reads: ['assessments'], refusals: questionWords } as const;

const OPTIONS =
  'A multiple choice question can be answered once it has two options, a true/false question once it has its two; one of them is correct, and only one. ' +
  'A short answer has no options, and may have a correct_answer for the teacher. Until then the question is kept, and students are not shown it.';

const contentOf = ({ question_text: text, question_type: type, points, options, correct_answer: correctAnswer }: Static<typeof Changes>) => ({
  ...(text === undefined ? {} : { text }),
  ...(type === undefined ? {} : { type }),
  ...(points === undefined ? {} : { points }),
  ...(options === undefined
    ? {}
    : { options: options.map(({ id = null, option_text, is_correct }) => ({ optionId: id, text: option_text, isCorrect: is_correct })) }),
  // A text field that was left empty in a form.
  ...(correctAnswer === undefined ? {} : { correctAnswer: correctAnswer === '' ? null : correctAnswer }),
});

const newContent = (body: Static<typeof QuestionBody>): WantedQuestion => ({
  options: [],
  correctAnswer: null,
  ...contentOf(body),
  text: body.question_text,
  type: body.question_type,
  points: body.points,
});

export const questionRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      listUrl,
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
      listUrl,
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

    app.get(
      url,
      { schema: { tags, summary: 'Question (10.4)', params: QuestionParams, response: { 200: Question, ...problems(404) } }, config },
      async (request) => presentQuestion(await ownQuestion(readModels, request, request.params.question_id)),
    );

    const change = async (request: FastifyRequest, reply: FastifyReply, id: string, body: Static<typeof Changes>): Promise<Static<typeof Question>> => {
      const { id: questionId, assessmentId } = await ownQuestion(readModels, request, id);
      await run(request, reply, changeQuestion, { teacherId: accountOf(request).accountId, assessmentId, questionId, changes: contentOf(body) });
      return presentQuestion(await ownQuestion(readModels, request, questionId));
    };

    const changing = {
      tags,
      description: `What is left out stays; options that are sent replace all that there were. ${OPTIONS}`,
      params: QuestionParams,
      response: { 200: Question, ...problems(404) },
    };

    app.put(url, { schema: { ...changing, summary: 'Update question (10.4)', body: QuestionBody }, config }, async (request, reply) =>
      change(request, reply, request.params.question_id, request.body),
    );

    app.patch(url, { schema: { ...changing, summary: 'Update some fields of a question (10.4)', body: Changes }, config }, async (request, reply) =>
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
