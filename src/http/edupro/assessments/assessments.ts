import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { changeAssessment } from '../../../commands/assessments/change-assessment.js';
import { createAssessment } from '../../../commands/assessments/create-assessment.js';
import { deleteAssessment } from '../../../commands/assessments/delete-assessment.js';
import { USUAL_PASSING_GRADE, type AssessmentDetails } from '../../../domain/assessment/decider.js';
import type { Outcome } from '../../../commands/outcome.js';
import { assessmentsOfTeacher } from '../../../projections/assessments/queries.js';
import type { HttpServices } from '../../http-services.js';
import type { Rejection } from '../../refusals/index.js';
import { accountOf } from '../../shared/access.js';
import { invalidField, problems } from '../../shared/problem.js';
import { runner, type Review } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { idOf, ownAssessment } from './own-parts.js';
import { presentAssessment } from './presenter.js';
import { Assessment, AssessmentBody, AssessmentParams } from './schemas.js';
import { assessmentWords } from './words.js';

const tags = ['EduPro: assessments'];
const url = '/teacher/assessments/:assessment_id/';
const Changes = Type.Partial(AssessmentBody);

const config = { ...teachersOnly, reads: ['assessments'], refusals: assessmentWords } as const;

const PUBLICATION =
  'is_published (true where it is left out): students may take it as soon as it has a question that can be answered, and are shown those that can. ' +
  'While they may, no such question can be made unanswerable, and the last one can not be removed. passing_grade is a percentage, 50 where it is left out.';

/** Null, and no course, say: as if nothing had been said. */
const detailsOf = ({ title, description, course, assessment_type: type, passing_grade: grade, max_attempts: maxAttempts }: Static<typeof Changes>) => ({
  ...(title === undefined ? {} : { title }),
  ...(description === undefined ? {} : { description: description ?? '' }),
  ...(course === undefined ? {} : { courseId: course === '' ? null : course }),
  ...(type === undefined ? {} : { type }),
  ...(grade === undefined ? {} : { passingGrade: grade ?? USUAL_PASSING_GRADE }),
  ...(maxAttempts === undefined ? {} : { maxAttempts }),
});

const newDetails = (body: Static<typeof AssessmentBody>): AssessmentDetails => ({
  courseId: null,
  description: '',
  passingGrade: USUAL_PASSING_GRADE,
  maxAttempts: null,
  ...detailsOf(body),
  title: body.title,
  type: body.assessment_type,
});

const namingCourse =
  <Value>(course: string | null | undefined): Review<Value> =>
  (outcome: Outcome<Value, Rejection>) => {
    if (!outcome.ok && outcome.rejection === 'course-not-found') throw invalidField('course', `Invalid pk "${course ?? ''}" - object does not exist.`);
    return outcome;
  };

export const assessmentRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      '/teacher/assessments/',
      {
        schema: {
          tags,
          summary: 'List assessments (10.1)',
          description: 'All of the teacher, the newest first.',
          querystring: Type.Object({ course: Type.Optional(Type.String({ maxLength: 200, description: 'Those for one course' })) }),
          response: { 200: Type.Array(Assessment) },
        },
        config,
      },
      async (request) => {
        const { course } = request.query;
        const found = await assessmentsOfTeacher(readModels, accountOf(request).accountId, course === '' ? undefined : course);
        return found.map(presentAssessment);
      },
    );

    app.post(
      '/teacher/assessments/',
      { schema: { tags, summary: 'Create assessment (10.1)', description: PUBLICATION, body: AssessmentBody, response: { 201: Assessment } }, config },
      async (request, reply) => {
        const { body } = request;
        const { accountId: teacherId } = accountOf(request);
        const input = { teacherId, details: newDetails(body), published: body.is_published ?? true };
        const { assessmentId } = await run(request, reply, createAssessment, input, namingCourse(body.course));
        return reply.code(201).send(presentAssessment(await ownAssessment(readModels, request, assessmentId)));
      },
    );

    app.get(
      url,
      { schema: { tags, summary: 'Assessment (10.2)', params: AssessmentParams, response: { 200: Assessment, ...problems(404) } }, config },
      async (request) => presentAssessment(await ownAssessment(readModels, request, request.params.assessment_id)),
    );

    const change = async (request: FastifyRequest, reply: FastifyReply, id: string, body: Static<typeof Changes>): Promise<Static<typeof Assessment>> => {
      const assessmentId = idOf(id);
      const { is_published: published } = body;
      const input = { teacherId: accountOf(request).accountId, assessmentId, details: detailsOf(body), ...(published === undefined ? {} : { published }) };
      await run(request, reply, changeAssessment, input, namingCourse(body.course));
      return presentAssessment(await ownAssessment(readModels, request, assessmentId));
    };

    const changing = { tags, description: `What is left out stays. ${PUBLICATION}`, params: AssessmentParams, response: { 200: Assessment, ...problems(404) } };

    app.put(url, { schema: { ...changing, summary: 'Update assessment (10.2)', body: AssessmentBody }, config }, async (request, reply) =>
      change(request, reply, request.params.assessment_id, request.body),
    );

    app.patch(url, { schema: { ...changing, summary: 'Update some fields of an assessment (10.2)', body: Changes }, config }, async (request, reply) =>
      change(request, reply, request.params.assessment_id, request.body),
    );

    app.delete(
      url,
      {
        schema: {
          tags,
          summary: 'Delete assessment (10.2)',
          description: 'With its questions. Attempts stay.',
          params: AssessmentParams,
          response: { 204: Type.Null(), ...problems(404) },
        },
        config,
      },
      async (request, reply) => {
        const assessmentId = idOf(request.params.assessment_id);
        await run(request, reply, deleteAssessment, { teacherId: accountOf(request).accountId, assessmentId });
        return reply.code(204).send(null);
      },
    );
  };
