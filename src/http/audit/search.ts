import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { auditSearchOf, WrongFilter, type AuditSearch } from '../../commands/audit/audit-search.js';
import { searchCoupons, totalCoupons, type AuditedCoupon } from '../../projections/audit-coupons/queries.js';
import { searchPayments, totalPayments, type AuditedPayment } from '../../projections/audit-payments/queries.js';
import type { HttpServices } from '../http-services.js';
import { cursorOf, placeOf } from '../shared/cursor.js';
import { foundBy } from '../shared/pagination.js';
import { invalidField } from '../shared/problem.js';
import { auditReading } from './limits.js';
import { CouponFilters, CouponPage, Paging, PaymentFilters, PaymentPage, type AuditedCouponRow, type AuditedPaymentRow, type CommonFilters } from './search-schemas.js';

const DEFAULT_LIMIT = 20;

/** What a query asks for, in the terms of the read models. Throws a 400 on what can not be. */
export const searchOf = (query: CommonFilters): AuditSearch => {
  try {
    return auditSearchOf(query);
  } catch (error) {
    throw error instanceof WrongFilter ? invalidField(error.filter, error.reason) : error;
  }
};

const withStatus = <Status>(query: CommonFilters & { readonly status?: Status | undefined }) => ({
  ...searchOf(query),
  ...(query.status === undefined ? {} : { status: query.status }),
});

const sliceOf = ({ limit = DEFAULT_LIMIT, cursor }: { readonly limit?: number | undefined; readonly cursor?: string | undefined }) => ({
  limit,
  ...(cursor === undefined ? {} : { after: placeOf(cursor) }),
});

export const presentPayment = ({ id, payerId, courseIds, couponCode, method, statuses, currency, amount, captured, refunded, refunds, actorIds, reasons, correlationId, at, updatedAt }: AuditedPayment): Static<typeof AuditedPaymentRow> => ({
  id,
  stream: `payment-${id}`,
  payerId,
  courseIds: [...courseIds],
  couponCode,
  method,
  statuses: [...statuses],
  currency,
  amount,
  captured,
  refunded,
  refunds: Object.entries(refunds).map(([refundId, refund]) => ({ refundId, ...refund })),
  actorIds: [...actorIds],
  reasons: [...reasons],
  correlationId,
  openedAt: at,
  updatedAt,
});

export const presentCoupon = ({ id, stream, code, issuedBy, terms, status, uses, given, actorIds, reasons, correlationId, at, updatedAt }: AuditedCoupon): Static<typeof AuditedCouponRow> => ({
  id,
  stream,
  code,
  issuedBy,
  terms,
  status,
  uses: { ...uses },
  given: { ...given },
  actorIds: [...actorIds],
  reasons: [...reasons],
  correlationId,
  issuedAt: at,
  updatedAt,
});

/** GET /audit/payments and /audit/coupons. */
export const searchRoutes =
  ({ readModels }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/audit/payments',
      {
        schema: {
          tags: ['Audit'],
          summary: 'Search payments, the newest first',
          querystring: Type.Object({ ...PaymentFilters.properties, ...Paging }),
          response: { 200: PaymentPage },
        },
        config: { access: ['admin', 'auditor'], reads: ['audit-payments'], limits: { areas: [auditReading] } },
      },
      async ({ query }) => {
        const search = withStatus(query);
        const { found, next } = await foundBy(searchPayments(readModels, search, sliceOf(query)));
        const totals = query.totals === true ? await totalPayments(readModels, search) : undefined;
        const page = { data: found.map(presentPayment), nextCursor: next === null ? null : cursorOf(next) };
        return totals === undefined ? page : { ...page, totals: { ...totals, statuses: { ...totals.statuses }, sums: [...totals.sums] } };
      },
    );

    app.get(
      '/audit/coupons',
      {
        schema: {
          tags: ['Audit'],
          summary: 'Search coupons, the newest first',
          querystring: Type.Object({ ...CouponFilters.properties, ...Paging }),
          response: { 200: CouponPage },
        },
        config: { access: ['admin', 'auditor'], reads: ['audit-coupons'], limits: { areas: [auditReading] } },
      },
      async ({ query }) => {
        const search = withStatus(query);
        const { found, next } = await foundBy(searchCoupons(readModels, search, sliceOf(query)));
        const totals = query.totals === true ? await totalCoupons(readModels, search) : undefined;
        const page = { data: found.map(presentCoupon), nextCursor: next === null ? null : cursorOf(next) };
        return totals === undefined ? page : { ...page, totals: { ...totals, statuses: { ...totals.statuses }, uses: { ...totals.uses }, given: { ...totals.given } } };
      },
    );
  };
