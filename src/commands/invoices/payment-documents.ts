import type { InvoiceContent } from '../../domain/invoice/events.js';
import { zero } from '../../domain/kernel/money.js';
import type { OpenedPayment } from '../../domain/payment/state.js';

export type QuotedPayment = Pick<OpenedPayment, 'paymentId' | 'payerId' | 'method' | 'quote'>;

export const invoiceFor = ({ paymentId, payerId, method, quote }: QuotedPayment): InvoiceContent => ({
  kind: 'invoice',
  origin: 'worker',
  paymentId,
  userId: payerId,
  correctsInvoiceId: null,
  items: quote.lines.map(({ courseId, title, listPrice, discount, total }) => ({
    courseId,
    courseName: title,
    price: listPrice,
    quantity: 1,
    discount,
    total,
  })),
  subtotal: quote.subtotal,
  discount: quote.discount,
  total: quote.total,
  currency: quote.currency,
  paymentMethod: method,
});

/** The refund, line by line: what it takes from each course. */
export const creditNoteFor = (
  { paymentId, payerId, method, quote }: QuotedPayment,
  amount: string,
  taken: readonly string[],
): InvoiceContent => {
  const none = zero(quote.currency);
  const items = quote.lines.map(({ courseId, title }, index) => {
    const share = taken[index] ?? none;
    return { courseId, courseName: title, price: share, quantity: 1, discount: none, total: share };
  });
  return {
    kind: 'credit-note',
    origin: 'worker',
    paymentId,
    userId: payerId,
    correctsInvoiceId: paymentId,
    items,
    subtotal: amount,
    discount: none,
    total: amount,
    currency: quote.currency,
    paymentMethod: method,
  };
};
