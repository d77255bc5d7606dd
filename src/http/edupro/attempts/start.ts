import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { startAttempt } from '../../../commands/attempts/start-attempt.js';
import { answersOf } from '../../../projections/attempts/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { idOf } from '../assessments/own-parts.js';
import { studentsOnly, teacherByUsername } from '../callers.js';
import { NO_PERMISSION, NON_FIELD_ERRORS } from '../surface.js';
import { ownAttempt } from './own-attempt.js';
import { presentStarted } from './presenter.js';
import { StartedAttempt, StartParams, tags } from './schemas.js';

export const startAttemptRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.post(
      '/student/assessments/:assessment_id/:teacher_username/start/',
      {
        schema: {
          tags,
          summary: 'Start assessment (10.8)',
          description:
            'Gives the open attempt, if there is one, else begins one with the questions as they stand now: later edits do not change it. 403 where the assessment belongs to a course that the student has nothing of; ' +
            '404 where it is not published, of another teacher, or the caller is not a student of the teacher.',
          params: StartParams,
          response: { 201: StartedAttempt, ...problems(400, 403, 404) },
        },
        config: {
          ...studentsOnly,
          reads: ['attempts', 'people'],
          rule: 'assessment-taker',
          refusals: { 'assessment-not-open': [403, NO_PERMISSION], 'no-attempts-left': { status: 400, field: NON_FIELD_ERRORS } },
        },
      },
      async (request, reply) => {
        const { assessment_id: id, teacher_username: username } = request.params;
        const assessmentId = idOf(id);
        const teacher = await teacherByUsername(readModels, username);
        if (teacher === undefined) throw notFound('teacher');
        const { attemptId } = await run(request, reply, startAttempt, { actor: accountOf(request), teacherId: teacher.id, assessmentId });
        const attempt = await ownAttempt(readModels, request, attemptId);
        return reply.code(201).send(presentStarted(attempt, await answersOf(readModels, attemptId)));
      },
    );
  };
