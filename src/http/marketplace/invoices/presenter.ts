import type { Static } from 'typebox';
import { toNumber } from '../../../domain/kernel/money.js';
import type { InvoiceView } from '../../../projections/invoices/queries.js';
import type { Invoice } from './schemas.js';

export const enrolledCourseIds = ({ content }: Pick<InvoiceView, 'content'>): string[] => [
  ...new Set(content.items.map(({ courseId }) => courseId)),
];

export const presentInvoice = ({ content, billing, ...invoice }: InvoiceView): Static<typeof Invoice> => ({
  ...content,
  ...invoice,
  courseIds: enrolledCourseIds({ content }),
  items: content.items.map(({ price, discount, total, ...item }) => ({
    ...item,
    price: toNumber(price),
    discount: toNumber(discount),
    total: toNumber(total),
  })),
  amount: toNumber(content.total),
  subtotal: toNumber(content.subtotal),
  discount: toNumber(content.discount),
  billingData: billing,
});
