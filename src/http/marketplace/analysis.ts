import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { isAdmin, ownsOrAdministersRecord } from '../../commands/access/rules.js';
import { accountById } from '../../projections/accounts/queries.js';
import { instructorSummary } from '../../projections/instructor-analysis/queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { notFound, problems } from '../shared/problem.js';
import { InstructorParams } from './courses/schemas.js';

const Money = Type.String({ description: 'A decimal number with all places of the currency' });

const InstructorAnalysis = Type.Object({
  instructorId: Type.String(),
  courses: Type.Integer({ description: 'Without deleted ones' }),
  publishedCourses: Type.Integer(),
  students: Type.Integer({ description: 'Who has at least one of the courses now, each counted once' }),
  enrollments: Type.Integer({ description: 'The same, counted in each course' }),
  revenue: Type.Array(
    Type.Object({
      currency: Type.String(),
      gross: Money,
      refunded: Money,
      net: Money,
    }),
    { description: "Captured money for the instructor's courses, by currency" },
  ),
});

export const analysisRoutes =
  ({ readModels }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/analysis/instructor/:instructorId/count',
      {
        schema: {
          tags: ['Analysis'],
          summary: 'Courses, students, enrollments and revenue of an instructor, for that instructor and admins',
          params: InstructorParams,
          response: { 200: InstructorAnalysis, ...problems(404) },
        },
        config: { access: 'account', reads: ['instructor-analysis', 'accounts'], rule: 'owner-or-admin' },
      },
      async (request) => {
        const { instructorId } = request.params;
        const account = accountOf(request);
        if (!ownsOrAdministersRecord(account, { ownerId: instructorId })) throw notFound('instructor');
        const summary = await instructorSummary(readModels, instructorId);
        const isUnknown = isAdmin(account) && summary.courses + summary.enrollments + summary.revenue.length === 0;
        if (isUnknown && (await accountById(readModels, instructorId)) === undefined) throw notFound('instructor');
        return { instructorId, ...summary, revenue: [...summary.revenue] };
      },
    );
  };
