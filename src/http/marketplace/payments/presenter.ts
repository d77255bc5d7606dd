import type { Static } from 'typebox';
import { unsealNextAction } from '../../../commands/payments/next-action.js';
import { toNumber } from '../../../domain/kernel/money.js';
import type { KeyStore } from '../../../ports/key-store.js';
import type { PaymentView } from '../../../projections/payments/queries.js';
import type { Payment } from './schemas.js';

export interface Shown {
  /** Opens what only the payer may see. */
  readonly keys: KeyStore;
  readonly viewerId: string;
  readonly isAdmin: boolean;
}

const additions = ({ id, userId, status, nextAction: sealed, disputes }: PaymentView, { keys, viewerId, isAdmin }: Shown): Pick<Static<typeof Payment>, 'nextAction' | 'disputes'> => {
  const nextAction = status === 'pending' && sealed !== null && viewerId === userId ? unsealNextAction(keys, id, sealed) : undefined;
  return {
    ...(nextAction === undefined ? {} : { nextAction: { ...nextAction } }),
    ...(isAdmin && disputes.length > 0 ? { disputes: disputes.map(({ disputeId, amount, ...dispute }) => ({ id: disputeId, amount: toNumber(amount), ...dispute })) } : {}),
  };
};

export const presentPayment = ({ quote, ...payment }: PaymentView, shown: Shown): Static<typeof Payment> => ({
  id: payment.id,
  userId: payment.userId,
  courseIds: [...payment.courseIds],
  items: quote.lines.map(({ courseId, title, listPrice, discount, total }) => ({
    courseId,
    courseName: title,
    price: toNumber(listPrice),
    discount: toNumber(discount),
    total: toNumber(total),
  })),
  amount: toNumber(quote.total),
  subtotal: toNumber(quote.subtotal),
  discount: toNumber(quote.discount),
  discountCode: quote.couponCode,
  currency: quote.currency,
  paymentMethod: payment.method,
  status: payment.status,
  failureReason: payment.failureReason,
  refundedAmount: toNumber(payment.refundedAmount),
  refunds: payment.refunds.map(({ refundId, amount, status, courseIds }) => ({
    id: refundId,
    amount: toNumber(amount),
    status,
    ...(courseIds.length === 0 ? {} : { courseIds: [...courseIds] }),
  })),
  ...additions({ quote, ...payment }, shown),
  invoiceId: payment.invoiceId,
  invoiceNumber: payment.invoiceNumber,
  billingData: payment.billing,
  createdAt: payment.createdAt,
  updatedAt: payment.updatedAt,
  expiresAt: payment.expiresAt,
});
