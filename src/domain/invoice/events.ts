import { Type, type Static } from 'typebox';
import { Currency, DecimalString, defineEvent, Id, Nullable, Personal, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const InvoiceItem = Type.Object({
  courseId: Id,
  courseName: Type.String(),
  price: DecimalString,
  quantity: Type.Integer({ minimum: 1 }),
  discount: DecimalString,
  total: DecimalString,
});
export type InvoiceItem = Static<typeof InvoiceItem>;

export const BillingData = Type.Object({
  firstName: Type.String(),
  lastName: Type.String(),
  email: Type.String(),
  phoneNumber: Type.String(),
  address: Type.String(),
  city: Type.String(),
  country: Type.String(),
});
export type BillingData = Static<typeof BillingData>;

/** The amounts: total = sum of the items' totals = subtotal - discount. A credit note's amounts are positive. */
export const InvoiceContent = Type.Object({
  kind: Type.Enum(['invoice', 'credit-note']),
  /** worker: made from a payment, its amounts are fixed; manual: made by an admin. */
  origin: Type.Enum(['worker', 'manual']),
  paymentId: Id,
  userId: Id,
  correctsInvoiceId: Nullable(Id),
  items: Type.Array(InvoiceItem),
  subtotal: DecimalString,
  discount: DecimalString,
  total: DecimalString,
  currency: Currency,
  paymentMethod: Type.String(),
});
export type InvoiceContent = Readonly<Static<typeof InvoiceContent>>;

const invoiceId = Id;

export const invoiceEvents = [
  defineEvent('InvoiceRequested', 'An invoice or credit note is to be issued; the invoice worker gives it its number.', {
    invoiceId,
    content: InvoiceContent,
    billing: Personal(Nullable(BillingData)),
    requestedAt: Timestamp,
  }),
  defineEvent('InvoiceIssued', 'The invoice has its number and is final.', {
    invoiceId,
    invoiceNumber: Type.String(),
    issuedAt: Timestamp,
  }),
  defineEvent('InvoiceBillingChanged', 'The person or address on the invoice was corrected; amounts did not change.', {
    invoiceId,
    billing: Personal(BillingData),
    changedAt: Timestamp,
  }),
  defineEvent('InvoiceBillingForgotten', 'The account was deleted: read models show the invoice without person and address. The invoice itself stays.', {
    invoiceId,
    forgottenAt: Timestamp,
  }),
  defineEvent('InvoiceCorrected', 'The amounts of an invoice that was made by hand were corrected.', {
    invoiceId,
    content: InvoiceContent,
    correctedAt: Timestamp,
  }),
  defineEvent('InvoiceVoided', 'The invoice is void; it and its number stay in the books.', {
    invoiceId,
    reason: Type.String(),
    voidedAt: Timestamp,
  }),
] as const;

/** One stream per series and year, `invoiceSeries-INV.2026`: its revision is the last number, so there is no gap. */
export const invoiceSeriesEvents = [
  defineEvent('InvoiceNumberAssigned', 'The next number of the series belongs to this invoice.', {
    series: Type.Enum(['INV', 'CN']),
    year: Type.Integer(),
    sequence: Type.Integer({ minimum: 1 }),
    invoiceNumber: Type.String(),
    invoiceId,
    assignedAt: Timestamp,
  }),
] as const;

export type InvoiceEvent = EventOf<(typeof invoiceEvents)[number]>;
export type InvoiceSeriesEvent = EventOf<(typeof invoiceSeriesEvents)[number]>;
