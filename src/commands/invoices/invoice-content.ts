import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { InvoiceContent } from '../../domain/invoice/events.js';
import { compareMoney, distribute, multiplyMoney, parseAmount, subtractMoney, sumMoney } from '../../domain/kernel/money.js';

export interface ListedItem {
  readonly courseId: string;
  readonly courseName: string;
  readonly price: string;
  readonly quantity: number;
}

export interface ListedInvoice extends Pick<InvoiceContent, 'paymentId' | 'userId' | 'currency' | 'paymentMethod'> {
  readonly items: readonly ListedItem[];
  readonly amount: string;
}

export type InvoiceContentRejection = 'invoice-inconsistent';
type Content = Readonly<{ ok: true; content: InvoiceContent }> | Refusal<InvoiceContentRejection>;

/** The content of an invoice that a person lists: the discount is the difference between items and amount. */
export const manualInvoiceContent = ({ items, amount, ...invoice }: ListedInvoice): Content => {
  const { currency } = invoice;
  const prices: string[] = [];
  for (const { price } of items) {
    const parsed = parseAmount(price, currency);
    if (!parsed.ok) return reject('invoice-inconsistent', { reason: 'precision', price, currency });
    prices.push(parsed.amount);
  }
  const listed = items.map(({ quantity }, index) => multiplyMoney(prices[index] ?? '0', quantity));
  const subtotal = sumMoney(listed, currency);
  const total = parseAmount(amount, currency);
  if (!total.ok) return reject('invoice-inconsistent', { reason: 'precision', amount, currency });
  if (compareMoney(total.amount, subtotal) > 0) return reject('invoice-inconsistent', { reason: 'total', subtotal, currency });
  const discount = subtractMoney(subtotal, total.amount);
  const discounts = distribute(discount, listed, currency);
  return {
    ok: true,
    content: {
      ...invoice,
      kind: 'invoice',
      origin: 'manual',
      correctsInvoiceId: null,
      items: items.map(({ courseId, courseName, quantity }, index) => {
        const off = discounts[index] ?? '0';
        const itemTotal = subtractMoney(listed[index] ?? '0', off);
        return { courseId, courseName, quantity, price: prices[index] ?? '0', discount: off, total: itemTotal };
      }),
      subtotal,
      discount,
      total: total.amount,
    },
  };
};
