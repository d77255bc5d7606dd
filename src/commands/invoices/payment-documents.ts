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

export interface CorrectedInvoice {
  readonly invoiceId: string;
  readonly content: InvoiceContent;
}

/** Credits a part of an invoice: `credited` has an amount for each of its lines. */
export const creditNoteFor = (
  { invoiceId, content }: CorrectedInvoice,
  { payerId, method }: QuotedPayment,
  amount: string,
  credited: readonly string[],
): InvoiceContent => {
  const { paymentId, currency } = content;
  const none = zero(currency);
  const items = content.items.map(({ courseId, courseName }, index) => {
    const share = credited[index] ?? none;
    return { courseId, courseName, price: share, quantity: 1, discount: none, total: share };
  });
  return {
    kind: 'credit-note',
    origin: 'worker',
    paymentId,
    userId: payerId,
    correctsInvoiceId: invoiceId,
    items,
    subtotal: amount,
    discount: none,
    total: amount,
    currency,
    paymentMethod: method,
  };
};
