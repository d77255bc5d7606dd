import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { listGroupPayments, packagePaymentById, type PackagePaymentDocument } from '../../../projections/package-payments/queries.js';
import type { ReadModels } from '../../../ports/read-models.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { Problem, problems } from '../../shared/problem.js';
import { Answer, answer } from '../answers.js';
import { adminsAndServices, anyAccount } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { listSlice, PlainListQuery, tellTotal } from '../paging.js';
import { namesIn, seenBy } from '../payments/names.js';
import { detailReads } from '../payments/shown-payment.js';
import { presentGroupPayment, presentListed } from './presenter.js';
import { GroupPayment, ListedGroupPayment } from './schemas.js';
import { noneToTake } from './words.js';

const tags = ['Academy: group payments'];

/** Throws what `none` says where there is no such payment, or it is none of a group. */
export const knownGroupPayment = async (readModels: ReadModels, id: string, none: () => Problem): Promise<PackagePaymentDocument> => {
  const payment = await packagePaymentById(readModels, id);
  if (payment?.isGroup !== true) throw none();
  return payment;
};

/** Names and addresses of all participants stand in it: they, admins and services see it. */
const maySee = (request: FastifyRequest, { participantIds }: PackagePaymentDocument): boolean => {
  const { accountId, role } = accountOf(request);
  return request.isService || role === 'admin' || participantIds.includes(accountId);
};

export const groupPaymentReadRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels } = services;

    app.get(
      '/group-payments',
      {
        schema: {
          tags,
          summary: 'All group payments: the waiting ones first, then the newest (section 5)',
          querystring: PlainListQuery,
          response: { 200: Answer(Type.Array(ListedGroupPayment)) },
        },
        config: { ...adminsAndServices, reads: detailReads, limits: { areas: [limits.payments, limits.administration] } },
      },
      async ({ query }, reply) => {
        const { payments, total } = await listGroupPayments(readModels, listSlice(query));
        tellTotal(reply, total);
        const names = await namesIn(readModels, payments);
        return answer(payments.map((payment) => presentListed(names, payment)), 'Group payments retrieved successfully');
      },
    );

    app.get(
      '/group-payments/:id',
      {
        schema: { tags, summary: 'One group payment, for who takes part in it (section 5)', params: inUrl('id'), response: { 200: Answer(GroupPayment), ...problems(403, 404) } },
        config: { ...anyAccount, reads: detailReads, limits: { areas: [limits.payments] } },
      },
      async (request) => {
        const payment = await knownGroupPayment(readModels, request.params.id, noneToTake);
        if (!maySee(request, payment)) throw new Problem(403, 'not-a-participant', 'You are not authorized to view this payment');
        return answer(presentGroupPayment(seenBy(request, await namesIn(readModels, [payment])), payment), 'Group payment retrieved successfully');
      },
    );
  };
