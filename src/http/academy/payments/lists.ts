import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { PayerType } from '../../../domain/package-purchases/events.js';
import {
  listPackagePayments,
  MOST_REORDERED,
  type PackagePaymentDocument,
  type PaymentOrder,
  type PaymentSearch,
} from '../../../projections/package-payments/queries.js';
import type { Slice } from '../../../projections/kernel/slice.js';
import type { HttpServices } from '../../http-services.js';
import { endOf, startOf } from '../../shared/instants.js';
import { invalidField } from '../../shared/problem.js';
import { Instant } from '../../shared/text-schemas.js';
import { Answer, answer } from '../answers.js';
import { adminsAndServices } from '../callers.js';
import { limits } from '../limits.js';
import { listSlice, PagedQuery, PlainListQuery, tellTotal } from '../paging.js';
import { namesIn } from './names.js';
import { presentListedPayment, presentNamedPayment } from './presenter.js';
import { ListedPayment, NamedPayment } from './schemas.js';
import { detailReads } from './shown-payment.js';

const tags = ['Academy: payments'];
const config = { ...adminsAndServices, reads: detailReads, limits: { areas: [limits.payments, limits.administration] } } as const;
const MESSAGE = 'Payments retrieved successfully';
const DEFAULT_LIMIT = 20;

const orders = {
  createdAt: 'createdAt',
  updatedAt: 'updatedAt',
  price: 'price',
  status: 'status',
  type: 'payerType',
  isGroupPayment: 'isGroup',
} as const satisfies Readonly<Record<string, PaymentOrder>>;

const PaymentQuery = Type.Object({
  page: PagedQuery.properties.page,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: DEFAULT_LIMIT })),
  sortBy: Type.Optional(Type.Enum(['createdAt', 'updatedAt', 'price', 'status', 'type', 'isGroupPayment'], { default: 'createdAt' })),
  sortOrder: Type.Optional(Type.Enum(['asc', 'desc'], { default: 'desc' })),
  status: Type.Optional(Type.Enum(['PAID', 'APPROVED'])),
  type: Type.Optional(PayerType),
  isGroupPayment: Type.Optional(Type.Boolean()),
  startDate: Type.Optional(Instant({ description: 'Of createdAt, included' })),
  endDate: Type.Optional(Instant({ description: 'Of createdAt, included: of a date the whole day, in UTC' })),
});

const PaymentPage = Type.Object({
  payments: Type.Array(ListedPayment),
  pagination: Type.Object({
    total: Type.Integer(),
    page: Type.Integer(),
    limit: Type.Integer(),
    totalPages: Type.Integer(),
    hasNextPage: Type.Boolean(),
    hasPrevPage: Type.Boolean(),
    nextPage: Nullable(Type.Integer()),
    prevPage: Nullable(Type.Integer()),
  }),
});

const searchOf = ({ sortBy = 'createdAt', sortOrder = 'desc', status, type: payerType, isGroupPayment: isGroup, startDate, endDate }: Static<typeof PaymentQuery>): PaymentSearch => ({
  status,
  payerType,
  isGroup,
  order: orders[sortBy],
  direction: sortOrder === 'asc' ? 1 : -1,
  from: startDate === undefined ? undefined : startOf('startDate', startDate),
  to: endDate === undefined ? undefined : endOf('endDate', endDate),
});

const presentPages = (total: number, page: number, limit: number): Static<typeof PaymentPage>['pagination'] => {
  const totalPages = Math.ceil(total / limit);
  const hasNextPage = page < totalPages;
  const hasPrevPage = page > 1;
  return { total, page, limit, totalPages, hasNextPage, hasPrevPage, nextPage: hasNextPage ? page + 1 : null, prevPage: hasPrevPage ? page - 1 : null };
};

const rank = ({ status, isGroup }: PackagePaymentDocument): number => (status === 'PAID' ? 0 : 2) + (isGroup ? 0 : 1);

/** Within a page: what waits, groups before others, the newest first. */
const asShown = (payments: readonly PackagePaymentDocument[]): readonly PackagePaymentDocument[] =>
  payments.toSorted((one, other) => rank(one) - rank(other) || (one.createdAt === other.createdAt ? 0 : one.createdAt < other.createdAt ? 1 : -1));

export const paymentListRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels } = services;

    const search = async (wanted: PaymentSearch, slice: Slice) => {
      const found = await listPackagePayments(readModels, wanted, slice);
      if (found === 'too-many') {
        throw invalidField('sortBy', `must be createdAt, or the period shorter: of more than ${MOST_REORDERED} payments in it no other order is made`);
      }
      return found;
    };

    app.get(
      '/payments',
      { schema: { tags, summary: 'All payments, page by page (section 4)', querystring: PaymentQuery, response: { 200: Answer(PaymentPage) } }, config },
      async ({ query }) => {
        const { page = 1, limit = DEFAULT_LIMIT } = query;
        const { payments, total } = await search(searchOf(query), { skip: (page - 1) * limit, limit });
        const names = await namesIn(readModels, payments);
        return answer({ payments: asShown(payments).map((payment) => presentListedPayment(names, payment)), pagination: presentPages(total, page, limit) }, MESSAGE);
      },
    );

    app.get(
      '/payments/pending',
      {
        schema: { tags, summary: 'Payments that wait for an admin (section 4)', querystring: PlainListQuery, response: { 200: Answer(Type.Array(NamedPayment)) } },
        config,
      },
      async ({ query }, reply) => {
        const { payments, total } = await search({ status: 'PAID', order: 'createdAt', direction: -1 }, listSlice(query));
        tellTotal(reply, total);
        const names = await namesIn(readModels, payments);
        return answer(payments.map((payment) => presentNamedPayment(names, payment)), MESSAGE);
      },
    );
  };
