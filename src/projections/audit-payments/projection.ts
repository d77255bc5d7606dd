import { addMoney, subtractMoney, zero } from '../../domain/kernel/money.js';
import { facet, withValue } from '../kernel/facets.js';
import { projection, rule, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import { auditedPayments, type AuditedPayment, type AuditedPaymentStatus, type AuditedRefund } from './document.js';

type Facts = Omit<AuditedPayment, 'facets' | 'statuses'>;
type Ending = 'PaymentDeclined' | 'PaymentCancelled' | 'PaymentExpired';
type Refunding = 'PaymentRefundRequested' | 'PaymentRefunded' | 'PaymentRefundFailed' | 'PaymentRefundReversed';

const statusesOf = ({ ended, refunds, refunded, takenBack, disputes }: Facts): readonly AuditedPaymentStatus[] => {
  const standings = new Set(Object.values(refunds).map(({ status }) => status));
  return [
    ended,
    ...(standings.has('requested') ? (['refund-requested'] as const) : []),
    ...(standings.has('failed') ? (['refund-failed'] as const) : []),
    ...(takenBack ? (['refunded'] as const) : Number(refunded) > 0 ? (['partly-refunded'] as const) : []),
    ...(Object.values(disputes).includes('open') ? (['disputed'] as const) : []),
  ];
};

const audited = (facts: Facts): AuditedPayment => {
  const { payerId, courseIds, couponCode, currency, actorIds, reasons } = facts;
  const statuses = statusesOf(facts);
  const named = (name: string, values: readonly (string | null)[]): readonly string[] => values.flatMap((value) => (value === null ? [] : [facet(name, value)]));
  const facets = [
    ...named('payer', [payerId]),
    ...named('code', [couponCode]),
    ...named('actor', actorIds),
    ...named('course', courseIds),
    ...named('reason', reasons),
    ...named('status', statuses),
    ...named('currency', [currency]),
  ];
  return { ...facts, statuses, facets };
};

const NOTHING_KNOWN = {
  payerId: null,
  courseIds: [],
  couponCode: null,
  method: null,
  currency: null,
  amount: null,
  value: null,
  captured: null,
  refunded: '0',
  refunds: {},
  takenBack: false,
  disputes: {},
  reasons: [],
} as const;

const opened = ({ data, metadata }: RecordOf<'PaymentOpened'>): Facts => ({
  id: data.paymentId,
  at: data.openedAt,
  ...NOTHING_KNOWN,
  payerId: data.payerId,
  courseIds: data.quote.lines.map(({ courseId }) => courseId),
  couponCode: data.quote.couponCode,
  method: data.method,
  ended: 'opened',
  currency: data.quote.currency,
  amount: data.quote.total,
  value: Number(data.quote.total),
  refunded: zero(data.quote.currency),
  actorIds: withValue([], metadata.actorId),
  correlationId: metadata.correlationId,
  updatedAt: data.openedAt,
});

/** Its holds were taken, and it was never opened. */
const neverOpened = ({ data, metadata }: RecordOf<'PaymentExpired'>): Facts => ({
  id: data.paymentId,
  at: data.expiredAt,
  ...NOTHING_KNOWN,
  ended: 'expired',
  actorIds: withValue([], metadata.actorId),
  correlationId: metadata.correlationId,
  updatedAt: data.expiredAt,
});

const noted = (payment: AuditedPayment, { metadata }: Pick<RecordOf<'PaymentOpened'>, 'metadata'>, reason: string | null): Facts => ({
  ...payment,
  actorIds: withValue(payment.actorIds, metadata.actorId),
  reasons: withValue(payment.reasons, reason),
  updatedAt: metadata.occurredAt,
});

const isCaptured = ({ ended }: AuditedPayment): boolean => ended === 'captured' || ended === 'captured-late';

const paymentIdOf = ({ data }: { data: { readonly paymentId: string } }): string => data.paymentId;

/** An end that comes after another one is none, as the decider has it. */
const inEnd = (payment: AuditedPayment, event: RecordOf<Ending>, ended: 'declined' | 'cancelled' | 'expired'): AuditedPayment =>
  payment.ended === 'opened' ? audited({ ...noted(payment, event, 'reason' in event.data ? event.data.reason : null), ended }) : payment;

const captured = (type: 'PaymentCaptured' | 'PaymentCapturedLate', ended: 'captured' | 'captured-late'): ProjectionRule =>
  rule(auditedPayments, type, paymentIdOf, (payment, event) => {
    if (payment === undefined || isCaptured(payment)) return payment;
    const { amount, currency } = event.data;
    return audited({ ...noted(payment, event, null), ended, captured: amount, currency, refunded: zero(currency) });
  });

const refund = (type: Refunding, status: AuditedRefund['status']): ProjectionRule =>
  rule(auditedPayments, type, paymentIdOf, (payment, event) => {
    if (payment === undefined) return payment;
    const { refundId, amount } = event.data;
    const before = payment.refunds[refundId];
    const less = before?.status === 'done' ? subtractMoney(payment.refunded, before.amount) : payment.refunded;
    return audited({
      ...noted(payment, event, 'reason' in event.data ? event.data.reason : null),
      refunds: { ...payment.refunds, [refundId]: { amount, status } },
      refunded: status === 'done' ? addMoney(less, amount) : less,
      takenBack: payment.takenBack || ('full' in event.data && event.data.full),
    });
  });

/** One small document for each payment, written by the events that change what it is searched by. */
export const auditPaymentsProjection = projection({
  name: 'audit-payments',
  version: 1,
  batched: true,
  collections: [auditedPayments],
  rules: [
    rule(auditedPayments, 'PaymentOpened', paymentIdOf, (payment, event) => payment ?? audited(opened(event))),
    captured('PaymentCaptured', 'captured'),
    captured('PaymentCapturedLate', 'captured-late'),
    rule(auditedPayments, 'PaymentDeclined', paymentIdOf, (payment, event) => payment && inEnd(payment, event, 'declined')),
    rule(auditedPayments, 'PaymentCancelled', paymentIdOf, (payment, event) => payment && inEnd(payment, event, 'cancelled')),
    rule(auditedPayments, 'PaymentExpired', paymentIdOf, (payment, event) => (payment === undefined ? audited(neverOpened(event)) : inEnd(payment, event, 'expired'))),
    refund('PaymentRefundRequested', 'requested'),
    refund('PaymentRefunded', 'done'),
    refund('PaymentRefundFailed', 'failed'),
    refund('PaymentRefundReversed', 'failed'),
    rule(auditedPayments, 'PaymentDisputeOpened', paymentIdOf, (payment, event) =>
      payment && audited({ ...noted(payment, event, event.data.reason), disputes: { ...payment.disputes, [event.data.disputeId]: 'open' } })),
    rule(auditedPayments, 'PaymentDisputeClosed', paymentIdOf, (payment, event) =>
      payment && audited({ ...noted(payment, event, null), disputes: { ...payment.disputes, [event.data.disputeId]: event.data.outcome } })),
  ],
});
