import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import type { ReadModels } from '../../../ports/read-models.js';
import { answersByIds, attemptsByIds, pendingAnswersOf, type PendingAnswerDocument, type PendingFilter } from '../../../projections/attempts/queries.js';
import { peopleByIds } from '../../../projections/people/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { teachersOnly } from '../callers.js';
import { answerPage, Page, PageQuery } from '../pages.js';
import { PendingAnswer, QUESTION_TYPES, tags } from './schemas.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const text = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }));

const PendingQuery = Type.Object({
  ...PageQuery,
  course: text('Those of assessments for this course'),
  assessment: text('Those of this assessment'),
  question: text('Those to this question'),
  question_type: text('Only short answers wait for a teacher: another type finds none'),
});

type Asked = Static<typeof PendingQuery>;

/** What is no id counts as not asked for. */
const filterOf = ({ course = '', assessment = '', question = '' }: Asked): PendingFilter => {
  const [assessmentId, questionId] = [assessment.toLowerCase(), question.toLowerCase()];
  return {
    ...(course === '' ? {} : { courseId: course }),
    ...(UUID.test(assessmentId) ? { assessmentId } : {}),
    ...(UUID.test(questionId) ? { questionId } : {}),
  };
};

const asksForOthers = ({ question_type: type }: Asked): boolean => type !== 'short_answer' && QUESTION_TYPES.some((known) => known === type);

const present = async (readModels: ReadModels, found: readonly PendingAnswerDocument[]): Promise<Static<typeof PendingAnswer>[]> => {
  const [answers, attempts, people] = await Promise.all([
    answersByIds(readModels, found.map(({ id }) => id)),
    attemptsByIds(readModels, found.map(({ attemptId }) => attemptId)),
    peopleByIds(readModels, found.map(({ studentId }) => studentId)),
  ]);
  return found.flatMap(({ id, attemptId, assessmentId, submittedAt }, index) => {
    const [answer, attempt, student] = [answers[index], attempts[index], people[index]];
    if (answer === undefined || attempt === undefined || student === undefined) return [];
    const { questionId, text: questionText, type, points, correctAnswer } = answer.question;
    return [
      {
        answer_id: id,
        attempt_id: attemptId,
        student: { id: student.number, full_name: student.name, username: student.username ?? '' },
        assessment: { id: assessmentId, title: attempt.title, course: attempt.courseId },
        question: { id: questionId, question_text: questionText, question_type: type, correct_answer: correctAnswer },
        answer_text: answer.text ?? '',
        points,
        submitted_at: submittedAt,
      },
    ];
  });
};

export const pendingAnswerRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels } = services;

    app.get(
      '/teacher/grading/pending/',
      {
        schema: {
          tags,
          summary: 'Pending grading list (10.12)',
          description: 'Answers to the assessments of the teacher that wait for points, the oldest first.',
          querystring: PendingQuery,
          response: { 200: Page(PendingAnswer), ...problems(404) },
        },
        config: { ...teachersOnly, reads: ['attempts', 'people'] },
      },
      async (request) => {
        const { query } = request;
        return answerPage(
          request,
          query,
          async (slice) =>
            asksForOthers(query) ? { found: [], total: 0 } : pendingAnswersOf(readModels, accountOf(request).accountId, filterOf(query), slice),
          ({ found }) => present(readModels, found),
        );
      },
    );
  };
