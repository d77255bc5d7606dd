import type { Static } from 'typebox';
import { toNumber } from '../../../domain/kernel/money.js';
import type { InvoiceView } from '../../../projections/invoices/queries.js';
import type { Invoice } from './schemas.js';

export const courseIdsOf = ({ content }: Pick<InvoiceView, 'content'>): string[] => [
  ...new Set(content.items.map(({ courseId }) => courseId)),
];

export const presentInvoice = ({ content, ...invoice }: InvoiceView): Static<typeof Invoice> => ({
  id: invoice.id,
  invoiceNumber: invoice.invoiceNumber,
  kind: content.kind,
  status: invoice.status,
  paymentId: content.paymentId,
  userId: content.userId,
  correctsInvoiceId: content.correctsInvoiceId,
  courseIds: courseIdsOf({ content }),
  items: content.items.map(({ courseId, courseName, price, quantity, discount, total }) => ({
    courseId,
    courseName,
    price: toNumber(price),
    quantity,
    discount: toNumber(discount),
    total: toNumber(total),
  })),
  amount: toNumber(content.total),
  subtotal: toNumber(content.subtotal),
  discount: toNumber(content.discount),
  currency: content.currency,
  paymentMethod: content.paymentMethod,
  billingData: invoice.billing,
  voidReason: invoice.voidReason,
  issuedAt: invoice.issuedAt,
  createdAt: invoice.createdAt,
  updatedAt: invoice.updatedAt,
});
