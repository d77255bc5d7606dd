import { Type, type Static } from 'typebox';
import { CouponTerms } from '../../domain/coupon/events.js';
import { Nullable } from '../../domain/kernel/event-schema.js';
import { AUDITED_COUPON_STATUSES } from '../../projections/audit-coupons/queries.js';
import { AUDITED_PAYMENT_STATUSES } from '../../projections/audit-payments/queries.js';
import { Cursor } from '../shared/cursor.js';
import { Instant, Line } from '../shared/text-schemas.js';

const Amount = Type.Number({ minimum: 0, maximum: 1e12 });
const Ids = Type.Array(Type.String());
const Counts = Type.Record(Type.String(), Type.Integer());

/** What both searches, their totals and their exports take. */
const common = {
  id: Type.Optional(Line({ minLength: 1, maxLength: 200 })),
  payer: Type.Optional(Line({ minLength: 1, maxLength: 200, description: 'The account that pays, or that used the coupon' })),
  course: Type.Optional(Line({ minLength: 1, maxLength: 200 })),
  code: Type.Optional(Line({ minLength: 1, maxLength: 100, description: 'Of the coupon; case does not matter' })),
  amountFrom: Type.Optional(Amount),
  amountTo: Type.Optional(Amount),
  currency: Type.Optional(Type.String({ pattern: '^[A-Za-z]{3}$', maxLength: 3 })),
  from: Type.Optional(Instant({ description: 'Opened or issued at or after this moment; a date from its beginning, in UTC' })),
  to: Type.Optional(Instant({ description: 'Opened or issued at or before this moment; a date to its end, in UTC' })),
  actor: Type.Optional(Line({ minLength: 1, maxLength: 200, description: 'An account that had a hand in it; of a coupon: who issued, changed or withdrew it' })),
  reason: Type.Optional(Line({ minLength: 1, maxLength: 200, description: 'Of a decline, a cancellation, a refund, a dispute, or of the release of a use: exactly this one' })),
};

export const PaymentFilters = Type.Object({ ...common, status: Type.Optional(Type.Enum([...AUDITED_PAYMENT_STATUSES])) });
export const CouponFilters = Type.Object({ ...common, status: Type.Optional(Type.Enum([...AUDITED_COUPON_STATUSES])) });
export type CommonFilters = Omit<Static<typeof PaymentFilters>, 'status'>;

export const Paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Cursor),
  totals: Type.Optional(Type.Boolean({ description: 'With the totals of the whole search' })),
};

const Refund = Type.Object({ refundId: Type.String(), amount: Type.String(), status: Type.Enum(['requested', 'done', 'failed']) });

export const AuditedPaymentRow = Type.Object({
  id: Type.String(),
  stream: Type.String(),
  payerId: Nullable(Type.String()),
  courseIds: Ids,
  couponCode: Nullable(Type.String()),
  method: Nullable(Type.String()),
  statuses: Type.Array(Type.Enum([...AUDITED_PAYMENT_STATUSES])),
  currency: Nullable(Type.String()),
  amount: Nullable(Type.String({ description: 'As quoted, a decimal' })),
  captured: Nullable(Type.String()),
  refunded: Type.String(),
  refunds: Type.Array(Refund),
  actorIds: Ids,
  reasons: Ids,
  correlationId: Type.String(),
  openedAt: Type.String(),
  updatedAt: Type.String(),
});

const Uses = Type.Object({ reserved: Type.Integer(), redeemed: Type.Integer(), released: Type.Integer(), reversed: Type.Integer() });
const Given = Type.Record(Type.String(), Type.String(), { description: 'What redeemed uses were worth, by currency' });

export const AuditedCouponRow = Type.Object({
  id: Type.String(),
  stream: Type.String(),
  code: Type.String(),
  issuedBy: Type.String(),
  terms: CouponTerms,
  status: Type.Enum([...AUDITED_COUPON_STATUSES]),
  uses: Uses,
  given: Given,
  actorIds: Ids,
  reasons: Ids,
  correlationId: Type.String(),
  issuedAt: Type.String(),
  updatedAt: Type.String(),
});

const Complete = Type.Boolean({ description: 'false: there are more than 200,000, and these are the totals of the newest ones: ask for a shorter time' });

export const PaymentTotalsAnswer = Type.Object({
  count: Type.Integer(),
  statuses: Counts,
  sums: Type.Array(Type.Object({ currency: Type.String(), count: Type.Integer(), amount: Type.String(), captured: Type.String(), refunded: Type.String() })),
  complete: Complete,
});

export const CouponTotalsAnswer = Type.Object({ count: Type.Integer(), statuses: Counts, uses: Uses, given: Given, complete: Complete });

const NextCursor = Nullable(Type.String({ description: 'Send it as cursor for the page after this one, which may hold fewer rows than its limit; null: there is nothing more' }));

export const PaymentPage = Type.Object({ data: Type.Array(AuditedPaymentRow), nextCursor: NextCursor, totals: Type.Optional(PaymentTotalsAnswer) });
export const CouponPage = Type.Object({ data: Type.Array(AuditedCouponRow), nextCursor: NextCursor, totals: Type.Optional(CouponTotalsAnswer) });
