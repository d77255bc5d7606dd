import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { approvePackagePayment, deletePackagePayment } from '../../../commands/packages/change-package-payment.js';
import { packagePaymentById } from '../../../projections/package-payments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { Problem, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer, Told, told } from '../answers.js';
import { adminsAndServices } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { DetailedPayment } from './schemas.js';
import { detailedPayment, detailReads, knownPayment } from './shown-payment.js';
import { worded } from './words.js';

const tags = ['Academy: payments'];
const areas = [limits.payments, limits.administration];
const params = inUrl('id');

const IS_GROUP = 'Ini adalah group payment. Gunakan endpoint /group-payments/:id/approve untuk approve group payment.';
const NOT_FOUND = 'Payment not found';

export const decisionRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.patch(
      '/payments/:id/approve',
      {
        schema: {
          tags,
          summary: 'Approve a payment (section 4)',
          description: 'Takes the seats and enrolls the payer in the course, or in each of the bundle. Without a free seat the payment waits on.',
          params,
          response: { 200: Answer(DetailedPayment), ...problems(404) },
        },
        config: {
          ...adminsAndServices,
          reads: detailReads,
          shows: ['academy-seats', 'academy-enrollments', 'enrollments'],
          limits: { areas },
          refusals: {
            'package-payment-not-found': [404, NOT_FOUND],
            'package-payment-approved': [400, 'Payment is already approved'],
            'package-payment-is-group': [400, IS_GROUP],
          },
        },
      },
      async (request, reply) => {
        const { id: paymentId, payerId } = await knownPayment(services, request.params.id);
        await run(request, reply, approvePackagePayment, { paymentId, payerId, isGroup: false }, worded);
        return answer(await detailedPayment(services, request, paymentId), 'Payment approved successfully');
      },
    );

    app.delete(
      '/payments/:id',
      {
        schema: { tags, summary: 'Delete a payment that is not approved (section 4)', params, response: { 200: Told } },
        config: {
          ...adminsAndServices,
          reads: ['package-payments'],
          shows: ['academy-seats'],
          limits: { areas },
          refusals: {
            'package-payment-not-found': [400, NOT_FOUND],
            'package-payment-approved': [400, 'Payment is approved and has enrollments: it can not be deleted'],
          },
        },
      },
      async (request, reply) => {
        const payment = await packagePaymentById(services.readModels, request.params.id);
        if (payment === undefined) throw new Problem(400, 'package-payment-not-found', NOT_FOUND);
        const { id: paymentId, payerId, isGroup } = payment;
        await run(request, reply, deletePackagePayment, { paymentId, payerId, isGroup });
        return told('Payment deleted successfully');
      },
    );
  };
