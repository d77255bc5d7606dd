import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { takesAssessment } from '../../../commands/access/assessment-rules.js';
import { MOST_ATTEMPTS } from '../../../domain/assessment/decider.js';
import { isPassed, percentageOf } from '../../../domain/assessment-attempt/score.js';
import { availableAssessments, type AssessmentDocument } from '../../../projections/assessments/queries.js';
import { standingsOf, type AttemptStandingDocument } from '../../../projections/attempts/queries.js';
import { courseEnrollmentsIn } from '../../../projections/learning/queries.js';
import { teachingOf } from '../../../projections/people/teaching-queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, type RequestAccount } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { presentAssessment } from '../assessments/presenter.js';
import { studentsOnly, teacherByUsername } from '../callers.js';
import { AvailableAssessment, tags, TeacherParams } from './schemas.js';

const presentAvailable = (assessment: AssessmentDocument, { attempts }: Pick<AttemptStandingDocument, 'attempts'>): Static<typeof AvailableAssessment> => {
  const { completePoints, completeQuestions } = assessment.totals;
  const graded = attempts.filter(({ isOpen, pending }) => !isOpen && pending === 0);
  const best = graded.toSorted((one, other) => other.awarded * one.points - one.awarded * other.points)[0];
  const open = attempts.find(({ isOpen }) => isOpen);
  return {
    ...presentAssessment(assessment),
    total_points: completePoints,
    questions_count: completeQuestions,
    attempts_count: attempts.length,
    open_attempt_id: open?.attemptId ?? null,
    can_start: open !== undefined || attempts.length < Math.min(assessment.maxAttempts ?? MOST_ATTEMPTS, MOST_ATTEMPTS),
    best_percentage: best === undefined ? null : percentageOf(best.awarded, best.points),
    is_passed: best === undefined ? null : graded.some(({ awarded, points, passingGrade }) => isPassed(awarded, points, passingGrade)),
  };
};

/** The assessments of the teacher that the student may take. */
const takeable = async ({ readModels }: HttpServices, account: RequestAccount, teacherId: string): Promise<readonly AssessmentDocument[]> => {
  const { accountId: studentId } = account;
  const [teaching, offered] = await Promise.all([teachingOf(readModels, teacherId, studentId), availableAssessments(readModels, teacherId)]);
  const courseIds = [...new Set(offered.flatMap(({ courseId }) => courseId ?? []))];
  const enrollments = await courseEnrollmentsIn(readModels, studentId, courseIds);
  const open = new Set(enrollments.flatMap((enrollment) => (enrollment?.active === true ? [enrollment.courseId] : [])));
  const isTaught = teaching?.active === true;
  return offered.filter(({ courseId }) => takesAssessment(account, { isTaught, hasCourse: courseId === null || open.has(courseId) }));
};

export const availableAssessmentRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels } = services;

    app.get(
      '/student/assessments/:teacher_username/',
      {
        schema: {
          tags,
          summary: 'List assessments (10.7)',
          description:
            'What the student may take, the newest first, and how the student stands there: published, with questions that can be answered, and of no course or of one that the student has at least a module of. ' +
            'Of a teacher whose student the caller is not, or who blocked the student: nothing.',
          params: TeacherParams,
          response: { 200: Type.Array(AvailableAssessment), ...problems(404) },
        },
        config: { ...studentsOnly, reads: ['assessments', 'attempts', 'learning', 'people'], rule: 'assessment-taker' },
      },
      async (request) => {
        const account = accountOf(request);
        const teacher = await teacherByUsername(readModels, request.params.teacher_username);
        if (teacher === undefined) throw notFound('teacher');
        const found = await takeable(services, account, teacher.id);
        const standings = await standingsOf(readModels, account.accountId, found.map(({ id }) => id));
        return found.map((assessment, index) => presentAvailable(assessment, standings[index] ?? { attempts: [] }));
      },
    );
  };
