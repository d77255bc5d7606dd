import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { seatsTaken } from '../../../projections/academy-seats/queries.js';
import { packagePaymentsOfCourse, type PackagePaymentDocument } from '../../../projections/package-payments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { servicesOnly } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { forgetEnrollments } from './cache-statistics.js';
import { figuresOf } from './seat-figures.js';

const tags = ['Academy: payments'];
const MOST_SHOWN = 100;

const Recount = Type.Object({
  success: Type.Literal(true),
  data: Type.Object({
    courseId: Type.String(),
    enrollmentCount: Type.Object({ total: Type.Integer(), entryIntermediateCount: Type.Integer(), bundleCount: Type.Integer() }),
    allPayments: Type.Array(
      Type.Object({
        id: Type.String(),
        isGroup: Type.Boolean(),
        participants: Type.Integer(),
        groupStatus: Nullable(Type.String()),
        createdAt: Type.String(),
      }),
      { maxItems: MOST_SHOWN, description: 'The newest' },
    ),
    totalPayments: Type.Integer(),
  }),
});

const presentCounted = ({ id, isGroup, participantIds, status, createdAt }: PackagePaymentDocument) => ({
  id,
  isGroup,
  participants: participantIds.length,
  groupStatus: !isGroup ? null : status === 'APPROVED' ? 'APPROVED' : 'PENDING',
  createdAt,
});

export const recountRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, kept } = services;

    app.get(
      '/payments/:courseId/debug-enrollment',
      {
        schema: { tags, summary: 'Count the enrollments of a course from the store (section 4)', params: inUrl('courseId'), response: { 200: Recount } },
        config: { ...servicesOnly, reads: ['academy-seats', 'package-payments'], limits: { areas: [limits.payments] } },
      },
      async ({ params: { courseId } }): Promise<Static<typeof Recount>> => {
        forgetEnrollments(kept, courseId);
        const [[taken], { payments, total: totalPayments }] = await Promise.all([
          seatsTaken(readModels, [courseId]),
          packagePaymentsOfCourse(readModels, courseId, { skip: 0, limit: MOST_SHOWN }),
        ]);
        const enrollmentCount = figuresOf(taken ?? { ENTRY: 0, INTERMEDIATE: 0, BUNDLE: 0 });
        return { success: true, data: { courseId, enrollmentCount, allPayments: payments.map(presentCounted), totalPayments } };
      },
    );
  };
