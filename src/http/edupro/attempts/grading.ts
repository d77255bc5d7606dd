import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { gradeAnswer } from '../../../commands/attempts/grade-answer.js';
import type { Outcome } from '../../../commands/outcome.js';
import { answerById } from '../../../projections/attempts/queries.js';
import type { HttpServices } from '../../http-services.js';
import type { Rejection } from '../../refusals/index.js';
import { accountOf } from '../../shared/access.js';
import { invalidField, notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { NON_FIELD_ERRORS } from '../surface.js';
import { AnswerParams, GradeBody, GradedAnswer, tags } from './schemas.js';

/** As Django REST framework says it of a field that has this limit. */
const namingMost = <Value>(outcome: Outcome<Value, Rejection>): Outcome<Value, Rejection> => {
  if (outcome.ok || outcome.rejection !== 'points-beyond-question') return outcome;
  throw invalidField('points_awarded', `Ensure this value is less than or equal to ${String(outcome.details?.['most'])}.`);
};

export const gradingRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    for (const method of ['PUT', 'PATCH'] as const) {
      app.route({
        method,
        url: '/teacher/grading/answer/:answer_id/',
        schema: {
          tags,
          summary: 'Grade specific answer (10.13)',
          description: 'Of a short answer that was handed in, to an assessment of the teacher. From 0 to the points of the question; again, as often as the teacher likes.',
          params: AnswerParams,
          body: GradeBody,
          response: { 200: GradedAnswer, ...problems(404) },
        },
        config: {
          ...teachersOnly,
          reads: ['attempts'],
          refusals: { 'answer-not-found': 'Not found.', 'answer-not-graded-by-hand': { status: 400, field: NON_FIELD_ERRORS } },
        },
        handler: async (request, reply) => {
          const { points_awarded: points } = request.body;
          const { accountId: teacherId } = accountOf(request);
          const answer = await answerById(services.readModels, request.params.answer_id);
          if (answer?.teacherId !== teacherId) throw notFound('answer');
          const { id: answerId, assessmentId, studentId, attemptId } = answer;
          await run(request, reply, gradeAnswer, { teacherId, assessmentId, studentId, attemptId, answerId, points }, namingMost);
          return { message: 'Answer graded successfully.', answer_id: answerId, points_awarded: points };
        },
      });
    }
  };
