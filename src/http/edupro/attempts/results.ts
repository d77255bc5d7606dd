import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { answersOf, attemptsOfStudent, MOST_ATTEMPTS_LISTED } from '../../../projections/attempts/queries.js';
import { teachingOf } from '../../../projections/people/teaching-queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { studentsOnly, teacherByUsername } from '../callers.js';
import { ownAttempt } from './own-attempt.js';
import { presentResult, presentSummary } from './presenter.js';
import { AttemptParams, AttemptResult, AttemptSummary, tags, TeacherParams } from './schemas.js';

const config = { ...studentsOnly, reads: ['attempts', 'people'] } as const;

export const attemptResultRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels } = services;

    const isShutOut = async (request: FastifyRequest, teacherId: string): Promise<boolean> =>
      (await teachingOf(readModels, teacherId, accountOf(request).accountId))?.active === false;

    app.get(
      '/student/:teacher_username/attempts/',
      {
        schema: {
          tags,
          summary: 'List all attempts (10.10)',
          description: `The newest first: the newest ${MOST_ATTEMPTS_LISTED}. Of a teacher who blocked or removed the student: nothing, until the student is let in again.`,
          params: TeacherParams,
          response: { 200: Type.Array(AttemptSummary), ...problems(404) },
        },
        config,
      },
      async (request) => {
        const teacher = await teacherByUsername(readModels, request.params.teacher_username);
        if (teacher === undefined) throw notFound('teacher');
        if (await isShutOut(request, teacher.id)) return [];
        return (await attemptsOfStudent(readModels, accountOf(request).accountId, teacher.id)).map(presentSummary);
      },
    );

    app.get(
      '/student/attempts/:attempt_id/result/',
      {
        schema: {
          tags,
          summary: 'Attempt result (10.11)',
          description:
            'Until all answers are graded it says nothing of points and right answers: these are null. 404 where the teacher blocked or removed the student, until the student is let in again.',
          params: AttemptParams,
          response: { 200: AttemptResult, ...problems(404) },
        },
        config: { ...config, rule: 'owner' },
      },
      async (request) => {
        const attempt = await ownAttempt(readModels, request, request.params.attempt_id);
        if (await isShutOut(request, attempt.teacherId)) throw notFound('attempt');
        return presentResult(attempt, await answersOf(readModels, attempt.id));
      },
    );
  };
