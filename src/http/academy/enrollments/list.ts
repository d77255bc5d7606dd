import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { listAcademyEnrollments, type EnrollmentSearch } from '../../../projections/academy-enrollments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { optionalAccountOf } from '../../shared/access.js';
import { violationsOf } from '../../shared/attached-validation.js';
import { endOf, startOf } from '../../shared/instants.js';
import { Problem } from '../../shared/problem.js';
import { Answer, answer } from '../answers.js';
import { adminsAndServices } from '../callers.js';
import { limits } from '../limits.js';
import { pageOf, presentPagination } from '../paging.js';
import { listed } from './presenter.js';
import { EnrollmentPage, EnrollmentQuery } from './schemas.js';

const sentences = { '/page': 'Page must be a positive number', '/limit': 'Limit must be between 1 and 100' } as const;

/** Throws what the document says of a page and of a limit, before what else may be wrong. */
const assertQuery = (request: FastifyRequest): void => {
  const violations = violationsOf(request);
  for (const [path, sentence] of Object.entries(sentences)) {
    if (violations.some(({ instancePath }) => instancePath === path)) throw new Problem(400, 'page-invalid', sentence);
  }
  if (request.validationError !== undefined) throw request.validationError;
};

const searchOf = ({ status, userId, courseId, packageId, startDate, endDate }: Static<typeof EnrollmentQuery>): EnrollmentSearch => ({
  status,
  userId,
  courseId,
  packageId,
  from: startDate === undefined ? undefined : startOf('startDate', startDate),
  to: endDate === undefined ? undefined : endOf('endDate', endDate),
});

export const enrollmentListRoutes =
  ({ readModels }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/enrollments',
      {
        schema: {
          tags: ['Academy: enrollments'],
          summary: 'All enrollments, the newest first (section 6)',
          description: 'A service calls in the name of an admin.',
          querystring: EnrollmentQuery,
          response: { 200: Answer(EnrollmentPage) },
        },
        attachValidation: true,
        config: {
          ...adminsAndServices,
          reads: ['academy-enrollments', 'academy-courses', 'package-payments', 'accounts'],
          limits: { areas: [limits.people, limits.administration] },
        },
      },
      async (request) => {
        if (optionalAccountOf(request)?.role !== 'admin') throw new Problem(403, 'not-an-admin', 'You do not have permission to access all enrollments');
        assertQuery(request);
        const page = pageOf(request.query);
        const { enrollments, total } = await listAcademyEnrollments(readModels, searchOf(request.query), page);
        const answered = { enrollments: await listed(readModels, enrollments), pagination: presentPagination(total, page) };
        return answer(answered, 'Enrollments retrieved successfully');
      },
    );
  };
