import { addMoney, subtractMoney, zero } from '../../domain/kernel/money.js';
import { projection, rule, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import {
  paymentCollection,
  paymentInvoiceCollection,
  type PaymentDispute,
  type PaymentDocument,
  type PaymentRefund,
  type PaymentStatus,
} from './document.js';

type Refunding = 'PaymentRefundRequested' | 'PaymentRefunded' | 'PaymentRefundFailed' | 'PaymentRefundReversed';

const paymentIdOf = ({ data }: { data: { readonly paymentId: string } }): string => data.paymentId;

const opened = ({ data }: RecordOf<'PaymentOpened'>): PaymentDocument => ({
  id: data.paymentId,
  userId: data.payerId,
  method: data.method,
  courseIds: data.quote.lines.map(({ courseId }) => courseId),
  quote: data.quote,
  status: 'pending',
  failureReason: null,
  capturedAmount: null,
  refundedAmount: zero(data.quote.currency),
  refunds: [],
  disputes: [],
  nextAction: null,
  heldCourseIds: data.quote.lines.map(({ courseId }) => courseId),
  grantedCourseIds: [],
  invoiceId: null,
  createdAt: data.openedAt,
  updatedAt: data.openedAt,
  expiresAt: data.expiresAt,
});

const inStatus = (
  payment: PaymentDocument | undefined,
  status: PaymentStatus,
  failureReason: string | null,
  updatedAt: string,
): PaymentDocument | undefined => payment && { ...payment, status, failureReason, nextAction: null, updatedAt };

const withRefund = (
  payment: PaymentDocument,
  { data }: RecordOf<Refunding>,
  status: PaymentRefund['status'],
  updatedAt: string,
): PaymentDocument => {
  const { refundId, amount } = data;
  const others = payment.refunds.filter((refund) => refund.refundId !== refundId);
  const named = 'courseIds' in data ? data.courseIds : payment.refunds.find((refund) => refund.refundId === refundId)?.courseIds;
  return { ...payment, refunds: [...others, { refundId, amount, status, courseIds: named ?? [] }], updatedAt };
};

const refunded = (payment: PaymentDocument, event: RecordOf<'PaymentRefunded'>): PaymentDocument => {
  const { amount, full, refundedAt } = event.data;
  return {
    ...withRefund(payment, event, 'refunded', refundedAt),
    refundedAmount: addMoney(payment.refundedAmount, amount),
    // Money that came after a payment's end and was returned does not change its status.
    status: full && payment.status === 'completed' ? 'refunded' : payment.status,
  };
};

/** The purchase stays undone, and the money is owed: it can be refunded again. */
const reversed = (payment: PaymentDocument, event: RecordOf<'PaymentRefundReversed'>): PaymentDocument => {
  const { amount, reversedAt } = event.data;
  return {
    ...withRefund(payment, event, 'failed', reversedAt),
    refundedAmount: subtractMoney(payment.refundedAmount, amount),
    status: payment.status === 'refunded' ? 'completed' : payment.status,
  };
};

const disputed = (payment: PaymentDocument, { disputeId, ...dispute }: PaymentDispute, updatedAt: string): PaymentDocument => {
  const others = payment.disputes.filter((known) => known.disputeId !== disputeId);
  const known = payment.disputes.find((one) => one.disputeId === disputeId);
  return { ...payment, disputes: [...others, { ...dispute, disputeId, reason: dispute.reason ?? known?.reason ?? null }], updatedAt };
};

const without = (courseIds: readonly string[], courseId: string): readonly string[] => courseIds.filter((id) => id !== courseId);

const released = (payment: PaymentDocument, courseId: string): PaymentDocument => ({
  ...payment,
  heldCourseIds: without(payment.heldCourseIds, courseId),
});

const granted = (payment: PaymentDocument, courseId: string): PaymentDocument => ({
  ...released(payment, courseId),
  grantedCourseIds: [...without(payment.grantedCourseIds, courseId), courseId].toSorted(),
});

const revoked = (payment: PaymentDocument, courseId: string): PaymentDocument => ({
  ...payment,
  grantedCourseIds: without(payment.grantedCourseIds, courseId),
});

const lifeOfPayment: readonly ProjectionRule[] = [
  rule(paymentCollection, 'PaymentOpened', paymentIdOf, (_, event) => opened(event)),
  rule(paymentCollection, 'PaymentCaptured', paymentIdOf, (payment, { data }) =>
    inStatus(payment && { ...payment, capturedAmount: data.amount }, 'completed', null, data.capturedAt)),
  rule(paymentCollection, 'PaymentCapturedLate', paymentIdOf, (payment, { data }) =>
    payment && { ...payment, capturedAmount: data.amount, updatedAt: data.capturedAt }),
  rule(paymentCollection, 'PaymentDeclined', paymentIdOf, (payment, { data }) =>
    inStatus(payment, 'failed', data.reason, data.declinedAt)),
  rule(paymentCollection, 'PaymentCancelled', paymentIdOf, (payment, { data }) =>
    inStatus(payment, 'cancelled', data.reason, data.cancelledAt)),
  rule(paymentCollection, 'PaymentExpired', paymentIdOf, (payment, { data }) =>
    inStatus(payment, 'failed', 'expired', data.expiredAt)),
  rule(paymentCollection, 'PaymentRefundRequested', paymentIdOf, (payment, event) =>
    payment && withRefund(payment, event, 'requested', event.data.requestedAt)),
  rule(paymentCollection, 'PaymentRefunded', paymentIdOf, (payment, event) => payment && refunded(payment, event)),
  rule(paymentCollection, 'PaymentRefundFailed', paymentIdOf, (payment, event) =>
    payment && withRefund(payment, event, 'failed', event.data.failedAt)),
  rule(paymentCollection, 'PaymentRefundReversed', paymentIdOf, (payment, event) => payment && reversed(payment, event)),
  rule(paymentCollection, 'PaymentActionRequired', paymentIdOf, (payment, { data }) =>
    payment && { ...payment, nextAction: data.nextAction, updatedAt: data.requiredAt }),
  rule(paymentCollection, 'PaymentProcessing', paymentIdOf, (payment, { data }) => payment && { ...payment, isProcessing: true, updatedAt: data.startedAt }),
  rule(paymentCollection, 'PaymentRefundProcessing', paymentIdOf, (payment, { data }) => payment && {
    ...payment,
    refunds: payment.refunds.map((refund) => (refund.refundId === data.refundId ? { ...refund, isProcessing: true } : refund)),
    updatedAt: data.startedAt,
  }),
  rule(paymentCollection, 'PaymentDisputeOpened', paymentIdOf, (payment, { data: { disputeId, amount, reason, openedAt } }) =>
    payment && disputed(payment, { disputeId, amount, reason, status: 'open' }, openedAt)),
  rule(paymentCollection, 'PaymentDisputeClosed', paymentIdOf, (payment, { data: { disputeId, amount, outcome, closedAt } }) =>
    payment && disputed(payment, { disputeId, amount, reason: null, status: outcome }, closedAt)),
];

const effectsOfPayment: readonly ProjectionRule[] = [
  rule(paymentCollection, 'AccessGranted', ({ data }) => data.grantId, (payment, { data }) =>
    payment && granted(payment, data.courseId)),
  rule(paymentCollection, 'AccessRevoked', ({ data }) => data.grantId, (payment, { data }) =>
    payment && revoked(payment, data.courseId)),
  rule(paymentCollection, 'EnrollmentHoldReleased', paymentIdOf, (payment, { data }) => payment && released(payment, data.courseId)),
  rule(
    paymentCollection,
    'InvoiceRequested',
    ({ data }) => (data.content.kind === 'invoice' ? data.content.paymentId : []),
    (payment, { data }) => payment && { ...payment, invoiceId: data.invoiceId },
  ),
  rule(paymentInvoiceCollection, 'InvoiceIssued', ({ data }) => data.invoiceId, (_, { data }) => ({
    id: data.invoiceId,
    invoiceNumber: data.invoiceNumber,
  })),
];

export const paymentsProjection = projection({
  name: 'payments',
  version: 5,
  collections: [paymentCollection, paymentInvoiceCollection],
  rules: [...lifeOfPayment, ...effectsOfPayment],
});
