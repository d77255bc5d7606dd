import type { Readable } from 'node:stream';
import { Type, type Static } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { LARGEST_AMOUNT } from '../../../domain/kernel/money.js';
import { PageQuery } from '../../shared/pagination.js';
import { FilledLine, Line } from '../../shared/text-schemas.js';

const Id = Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 64 });
const Filled = FilledLine({ maxLength: 500 });
const Amount = Type.Number({ minimum: 0, maximum: Number(LARGEST_AMOUNT) });

export const InvoiceBilling = Type.Object({
  firstName: Filled,
  lastName: Filled,
  email: Type.String({ format: 'email', maxLength: 254 }),
  phoneNumber: Filled,
  address: Filled,
  city: Filled,
  country: Filled,
});

export const CreateInvoiceBody = Type.Object({
  paymentId: Id,
  userId: Id,
  courseIds: Type.Array(Id, { minItems: 1, maxItems: 50 }),
  amount: Type.Number({ ...Amount, description: 'The total: what lies between it and the items is the discount' }),
  currency: Type.String({ pattern: '^[A-Za-z]{3}$', maxLength: 3, description: 'ISO 4217' }),
  paymentMethod: Line({ minLength: 1, maxLength: 50 }),
  billingData: InvoiceBilling,
  items: Type.Array(
    Type.Object({ courseId: Id, courseName: Filled, price: Amount, quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }),
    { minItems: 1, maxItems: 50 },
  ),
});
export type CreateInvoiceBody = Static<typeof CreateInvoiceBody>;

export const ChangeInvoiceBody = Type.Partial(CreateInvoiceBody);
export type ChangeInvoiceBody = Static<typeof ChangeInvoiceBody>;

export const InvoiceParams = Type.Object({ id: Line({ minLength: 1, maxLength: 64 }) });
export const InvoiceNumberParams = Type.Object({ invoiceNumber: Line({ minLength: 1, maxLength: 64 }) });
export const InvoiceQuery = Type.Object({
  ...PageQuery.properties,
  userId: Type.Optional(Line({ maxLength: 64, description: 'Admins: of this account' })),
});

export const Invoice = Type.Object({
  id: Type.String(),
  invoiceNumber: Nullable(Type.String({ description: 'null until the ordered writer has assigned it' })),
  kind: Type.Enum(['invoice', 'credit-note']),
  status: Type.Enum(['requested', 'issued', 'void']),
  paymentId: Type.String(),
  userId: Type.String(),
  correctsInvoiceId: Nullable(Type.String({ description: 'Of a credit note' })),
  courseIds: Type.Array(Type.String()),
  items: Type.Array(
    Type.Object({
      courseId: Type.String(),
      courseName: Type.String(),
      price: Type.Number(),
      quantity: Type.Integer(),
      discount: Type.Number(),
      total: Type.Number(),
    }),
  ),
  amount: Type.Number({ description: 'The total: subtotal - discount' }),
  subtotal: Type.Number(),
  discount: Type.Number(),
  currency: Type.String(),
  paymentMethod: Type.String(),
  billingData: Nullable(Type.Object({}, { additionalProperties: true })),
  voidReason: Nullable(Type.String()),
  issuedAt: Nullable(Type.String()),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

export const InvoiceFile = {
  description: 'The invoice as PDF',
  content: { 'application/pdf': { schema: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }) } },
};
