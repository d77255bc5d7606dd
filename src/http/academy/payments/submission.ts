import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { replaceProof } from '../../../commands/packages/change-package-payment.js';
import { submitPackagePayment } from '../../../commands/packages/submit-package-payment.js';
import { PayerType } from '../../../domain/package-purchases/events.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer } from '../answers.js';
import { studentsAndServices } from '../callers.js';
import { inUrl, ProofLink, Uuid } from '../fields.js';
import { limits } from '../limits.js';
import { presentPricedPayment } from './presenter.js';
import { givenProof, ProofChange } from './proof.js';
import { DetailedPayment, PricedPayment } from './schemas.js';
import { detailedPayment, detailReads, knownPayment } from './shown-payment.js';
import { purchaseWords, worded } from './words.js';

const tags = ['Academy: payments'];
const areas = [limits.payments, limits.paying];

const NewPayment = Type.Object({
  packageId: Uuid,
  courseId: Type.Optional({ ...Uuid, description: 'Not of a BUNDLE' }),
  type: PayerType,
  proofLink: ProofLink,
});

export const submissionRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.post(
      '/payments',
      {
        schema: { tags, summary: 'Pay for a package (section 4)', body: NewPayment, response: { 201: Answer(PricedPayment), ...problems(404) } },
        config: { ...studentsAndServices, reads: ['package-payments'], shows: ['academy-seats'], limits: { areas }, refusals: purchaseWords },
      },
      async (request, reply) => {
        const { accountId: payerId } = accountOf(request);
        const { packageId, courseId = null, type, proofLink } = request.body;
        const { paymentId } = await run(request, reply, submitPackagePayment, { payerId, packageId, courseId, type, proofLink }, worded);
        return reply.code(201).send(answer(presentPricedPayment(await knownPayment(services, paymentId)), 'Pembayaran berhasil dibuat'));
      },
    );

    app.patch(
      '/payments/:id/update',
      {
        schema: {
          tags,
          summary: 'Send another proof, while the payment waits (section 4)',
          params: inUrl('id'),
          body: ProofChange,
          response: { 200: Answer(DetailedPayment), ...problems(404) },
        },
        config: {
          ...studentsAndServices,
          reads: detailReads,
          limits: { areas },
          bodyOptional: true,
          refusals: {
            'not-the-payer': [403, 'You are not authorized to update this payment'],
            'package-payment-not-found': [404, 'Payment not found'],
            'package-payment-approved': [400, 'Payment is already approved'],
          },
        },
      },
      async (request, reply) => {
        const { accountId: actorId } = accountOf(request);
        const proofLink = givenProof(request.body);
        const { id: paymentId, payerId } = await knownPayment(services, request.params.id);
        await run(request, reply, replaceProof, { actorId, paymentId, payerId, proofLink });
        return answer(await detailedPayment(services, request, paymentId), 'Payment updated successfully');
      },
    );
  };
