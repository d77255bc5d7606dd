import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { reportProgress } from '../../../commands/enrollments/report-progress.js';
import { academyEnrollmentById, type AcademyEnrollmentDocument } from '../../../projections/academy-enrollments/queries.js';
import type { ReadModels } from '../../../ports/read-models.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, optionalAccountOf } from '../../shared/access.js';
import { Problem, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer } from '../answers.js';
import { anyAccount, studentsAdminsAndServices } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { presentEnrollment, withCourses } from './presenter.js';
import { Enrollment, EnrollmentWithCourse } from './schemas.js';

const tags = ['Academy: enrollments'];
const params = inUrl('id');
const NOT_FOUND = 'Enrollment not found';
const NOT_YOURS = 'You do not have permission to update this enrollment';
const NO_PROGRESS = 'Progress must be a number between 0 and 100';
const MOST = 100;

const ProgressBody = Type.Object({
  progress: Type.Union([Type.Number({ minimum: 0, maximum: MOST }), Type.String({ pattern: '^[0-9]{1,3}(?:\\.[0-9]{1,15})?$', maxLength: 19 })], {
    description: 'Per cent, as a number or as text',
  }),
});

/** Throws where it is no number of per cent. Zero has no sign. */
const progressOf = ({ progress }: Static<typeof ProgressBody>): number => {
  const value = Number(progress);
  if (value > MOST) throw new Problem(400, 'validation-failed', NO_PROGRESS);
  return value === 0 ? 0 : value;
};

/** Admins are refused, too (section 6). Throws 404, or 403 with the sentence. */
const ownEnrollment = async (readModels: ReadModels, request: FastifyRequest, id: string, sentence: string): Promise<AcademyEnrollmentDocument> => {
  const enrollment = await academyEnrollmentById(readModels, id);
  if (enrollment === undefined) throw new Problem(404, 'enrollment-not-found', NOT_FOUND);
  if (optionalAccountOf(request)?.accountId !== enrollment.userId) throw new Problem(403, 'not-own-enrollment', sentence);
  return enrollment;
};

export const enrollmentRoutesOfOne =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      '/enrollments/:id',
      {
        schema: { tags, summary: 'One of the own enrollments (section 6)', params, response: { 200: Answer(EnrollmentWithCourse), ...problems(404) } },
        config: { ...studentsAdminsAndServices, reads: ['academy-enrollments', 'academy-courses'], limits: { areas: [limits.people, limits.ownEnrollments] } },
      },
      async (request) => {
        const enrollment = await ownEnrollment(readModels, request, request.params.id, 'You do not have permission to access this enrollment');
        const [shown] = await withCourses(readModels, [enrollment]);
        if (shown === undefined) throw new Problem(404, 'enrollment-not-found', NOT_FOUND);
        return answer(shown, 'Enrollment retrieved successfully');
      },
    );

    app.patch(
      '/enrollments/:id/progress',
      {
        schema: {
          tags,
          summary: 'Say how far one is (section 6)',
          description: 'Of a course that one has still. Whose enrollment it is comes before what is sent.',
          params,
          body: ProgressBody,
          response: { 200: Answer(Enrollment), ...problems(403, 404) },
        },
        attachValidation: true,
        config: {
          ...anyAccount,
          reads: ['academy-enrollments'],
          limits: { areas: [limits.people, limits.progress] },
          refusals: { 'validation-failed': [400, NO_PROGRESS], 'not-enrolled': [403, NOT_YOURS], 'not-own-enrollment': [403, NOT_YOURS] },
        },
      },
      async (request, reply) => {
        const { id, userId, courseId, status } = await ownEnrollment(readModels, request, request.params.id, NOT_YOURS);
        if (request.validationError !== undefined) throw request.validationError;
        const progress = progressOf(request.body);
        if (status === 'NOT_ENROLLED') throw new Problem(403, 'not-enrolled', NOT_YOURS);
        const { accountId: actorId } = accountOf(request);
        await run(request, reply, reportProgress, { actorId, enrollment: { userId, courseId }, progress });
        return answer(presentEnrollment(await ownEnrollment(readModels, request, id, NOT_YOURS)), 'Enrollment progress updated successfully');
      },
    );
  };
