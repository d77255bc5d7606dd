import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { approvePackagePayment, deletePackagePayment } from '../../../commands/packages/change-package-payment.js';
import { academyEnrollmentsByIds } from '../../../projections/academy-enrollments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer } from '../answers.js';
import { adminsAndServices } from '../callers.js';
import { presentEnrollment } from '../enrollments/presenter.js';
import { Enrollment } from '../enrollments/schemas.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { presentPayment } from '../payments/presenter.js';
import { Payment } from '../payments/schemas.js';
import { knownGroupPayment } from './reads.js';
import { approvalRefused, deletionRefused, noneToApprove, noneToDelete } from './words.js';

const tags = ['Academy: group payments'];
const params = inUrl('id');
const areas = [limits.payments, limits.administration];

const Approved = Type.Object({
  payment: Payment,
  enrollments: Type.Array(Enrollment),
  totalEnrolled: Type.Integer(),
  memberIds: Type.Array(Type.String()),
  courseEnrollments: Type.Array(Type.Object({ userId: Type.String(), courseId: Type.String() })),
});

const Deleted = Type.Object({ message: Type.String(), deletedPaymentId: Type.String() });
const DELETED = 'Group payment berhasil dihapus';

export const groupDecisionRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.patch(
      '/group-payments/:id/approve',
      {
        schema: {
          tags,
          summary: 'Approve a group payment (section 5)',
          description: 'Takes a seat for each participant and enrolls them, all or nobody. Where one seat is missing the payment waits on.',
          params,
          response: { 200: Answer(Approved), ...problems(404) },
        },
        config: { ...adminsAndServices, reads: ['package-payments', 'academy-enrollments'], shows: ['academy-seats', 'enrollments'], limits: { areas } },
      },
      async (request, reply) => {
        const { id: paymentId, payerId } = await knownGroupPayment(readModels, request.params.id, noneToApprove);
        const opened = await run(request, reply, approvePackagePayment, { paymentId, payerId, isGroup: true }, approvalRefused);
        const enrolled = await academyEnrollmentsByIds(readModels, opened.enrollments.map(({ enrollmentId }) => enrollmentId));
        const enrollments = enrolled.flatMap((enrollment) => (enrollment === undefined ? [] : [presentEnrollment(enrollment)]));
        const approved = {
          payment: presentPayment(await knownGroupPayment(readModels, paymentId, noneToApprove)),
          enrollments,
          totalEnrolled: enrollments.length,
          memberIds: opened.enrollments.map(({ userId }) => userId),
          courseEnrollments: opened.enrollments.map(({ userId, courseId }) => ({ userId, courseId })),
        };
        return answer(approved, `Group payment berhasil diapprove dan ${enrollments.length} enrollment dibuat`);
      },
    );

    app.delete(
      '/group-payments/:id',
      {
        schema: { tags, summary: 'Delete a group payment that is not approved (section 5)', params, response: { 200: Answer(Deleted), ...problems(404) } },
        config: { ...adminsAndServices, reads: ['package-payments'], shows: ['academy-seats'], limits: { areas } },
      },
      async (request, reply) => {
        const { id: paymentId, payerId } = await knownGroupPayment(readModels, request.params.id, noneToDelete);
        await run(request, reply, deletePackagePayment, { paymentId, payerId, isGroup: true }, deletionRefused);
        return answer({ message: DELETED, deletedPaymentId: paymentId }, DELETED);
      },
    );
  };
