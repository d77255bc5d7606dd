import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { packagePaymentsOf, type PackagePaymentDocument } from '../../../projections/package-payments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, optionalAccountOf } from '../../shared/access.js';
import { Problem, problems } from '../../shared/problem.js';
import { Answer, answer } from '../answers.js';
import { studentsAdminsAndServices } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { listSlice, PlainListQuery, tellTotal } from '../paging.js';
import { namesIn, seenBy } from './names.js';
import { presentDetailedPayment } from './presenter.js';
import { DetailedPayment } from './schemas.js';
import { detailReads, knownPayment } from './shown-payment.js';

const tags = ['Academy: payments'];
const config = { ...studentsAdminsAndServices, reads: detailReads, limits: { areas: [limits.payments, limits.ownPayments] } } as const;

/** Who takes part in it, admins, and services that call in nobody's name. */
const maySee = (request: FastifyRequest, { participantIds }: PackagePaymentDocument): boolean => {
  const account = optionalAccountOf(request);
  return account === null || account.role === 'admin' || participantIds.includes(account.accountId);
};

export const ownPaymentRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels } = services;

    app.get(
      '/payments/my-payments',
      {
        schema: {
          tags,
          summary: "The caller's payments, those of groups included (section 4)",
          querystring: PlainListQuery,
          response: { 200: Answer(Type.Array(DetailedPayment)) },
        },
        config,
      },
      async (request, reply) => {
        const { accountId } = accountOf(request);
        const { payments, total } = await packagePaymentsOf(readModels, accountId, listSlice(request.query));
        tellTotal(reply, total);
        const names = seenBy(request, await namesIn(readModels, payments));
        const message = total === 0 ? 'No payments found for this user' : 'User payments retrieved successfully';
        return answer(payments.map((payment) => presentDetailedPayment(names, payment, accountId)), message);
      },
    );

    app.get(
      '/payments/:id',
      {
        schema: { tags, summary: 'One payment (section 4)', params: inUrl('id'), response: { 200: Answer(DetailedPayment), ...problems(404) } },
        config,
      },
      async (request) => {
        const payment = await knownPayment(services, request.params.id);
        if (!maySee(request, payment)) throw new Problem(403, 'not-a-participant', 'You are not authorized to view this payment');
        const viewerId = optionalAccountOf(request)?.accountId ?? null;
        return answer(presentDetailedPayment(seenBy(request, await namesIn(readModels, [payment])), payment, viewerId), 'Payment retrieved successfully');
      },
    );
  };
