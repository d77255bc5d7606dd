import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import type { Outcome } from '../../../commands/outcome.js';
import { submitAttempt } from '../../../commands/attempts/submit-attempt.js';
import type { AnswerRejection, SentAnswer } from '../../../domain/assessment-attempt/decider.js';
import type { HttpServices } from '../../http-services.js';
import { assessmentAttemptRefusals } from '../../refusals/assessment-attempt.js';
import type { Rejection } from '../../refusals/index.js';
import { invalidField, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { studentsOnly } from '../callers.js';
import { ownAttempt } from './own-attempt.js';
import { AttemptParams, Confirmation, Submission, tags } from './schemas.js';

const wrongFields: Readonly<Record<AnswerRejection, string>> = {
  'question-not-in-attempt': 'question_id',
  'question-answered-twice': 'question_id',
  'option-not-of-question': 'selected_option_id',
  'option-not-expected': 'selected_option_id',
  'text-not-expected': 'short_answer_text',
};

const isOfAnswer = (rejection: Rejection): rejection is AnswerRejection => rejection in wrongFields;

/** Says at which place of the answers something is wrong. */
const namingAnswer = <Value>(outcome: Outcome<Value, Rejection>): Outcome<Value, Rejection> => {
  if (outcome.ok || !isOfAnswer(outcome.rejection)) return outcome;
  const { rejection, details } = outcome;
  const [, sentence] = assessmentAttemptRefusals[rejection];
  throw invalidField(`answers.${Number(details?.['index'])}.${wrongFields[rejection]}`, sentence);
};

const sentAnswers = ({ answers }: Static<typeof Submission>): readonly SentAnswer[] =>
  answers.map(({ question_id: questionId, selected_option_id: optionId, short_answer_text: text }) => ({
    questionId: questionId.toLowerCase(),
    optionId: optionId?.toLowerCase() ?? null,
    text: text ?? null,
  }));

export const submitAttemptRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.post(
      '/students/attempts/:attempt_id/submit/',
      {
        schema: {
          tags,
          summary: 'Submit assessment attempt (10.9)',
          description: 'Questions without an answer have no points. An attempt is submitted once: a repeat answers alike and changes nothing, whatever it sends.',
          params: AttemptParams,
          body: Submission,
          response: { 200: Confirmation, ...problems(404) },
        },
        config: {
          ...studentsOnly,
          reads: ['attempts'],
          rule: 'owner',
          refusals: { 'attempt-not-found': 'Not found.', 'answers-too-long': { status: 400, field: 'answers' } },
        },
      },
      async (request, reply) => {
        const { id: attemptId, assessmentId, studentId } = await ownAttempt(services.readModels, request, request.params.attempt_id);
        await run(request, reply, submitAttempt, { studentId, assessmentId, attemptId, answers: sentAnswers(request.body) }, namingAnswer);
        return { message: 'Assessment submitted successfully. Results will be available shortly.' };
      },
    );
  };
