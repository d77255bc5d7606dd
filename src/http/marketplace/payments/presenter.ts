import type { Static } from 'typebox';
import { toNumber } from '../../../domain/kernel/money.js';
import type { PaymentView } from '../../../projections/payments/queries.js';
import type { Payment } from './schemas.js';

export const presentPayment = ({ quote, ...payment }: PaymentView): Static<typeof Payment> => ({
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
  invoiceId: payment.invoiceId,
  invoiceNumber: payment.invoiceNumber,
  billingData: payment.billing,
  createdAt: payment.createdAt,
  updatedAt: payment.updatedAt,
  expiresAt: payment.expiresAt,
});
