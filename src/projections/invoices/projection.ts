import type { InvoiceEvent } from '../../domain/invoice/events.js';
import { projection, rule, type RecordOf } from '../kernel/projection.js';
import { invoiceCollection, type InvoiceDocument } from './document.js';

const invoiceIdOf = (event: RecordOf<InvoiceEvent['type']>): string => event.data.invoiceId;

const requested = ({ data }: RecordOf<'InvoiceRequested'>): InvoiceDocument => ({
  id: data.invoiceId,
  invoiceNumber: null,
  userId: data.content.userId,
  content: data.content,
  billing: data.billing,
  status: 'requested',
  voidReason: null,
  createdAt: data.requestedAt,
  issuedAt: null,
  updatedAt: data.requestedAt,
});

const issued = (invoice: InvoiceDocument, data: RecordOf<'InvoiceIssued'>['data']): InvoiceDocument => ({
  ...invoice,
  invoiceNumber: data.invoiceNumber,
  // An invoice that was voided before it had a number gets one: the series has no gap.
  status: invoice.status === 'void' ? 'void' : 'issued',
  issuedAt: data.issuedAt,
  updatedAt: data.issuedAt,
});

const voided = (invoice: InvoiceDocument, { reason, voidedAt }: RecordOf<'InvoiceVoided'>['data']): InvoiceDocument => ({
  ...invoice,
  status: 'void',
  voidReason: reason,
  updatedAt: voidedAt,
});

export const invoicesProjection = projection({
  name: 'invoices',
  version: 3,
  collections: [invoiceCollection],
  rules: [
    rule(invoiceCollection, 'InvoiceRequested', invoiceIdOf, (_, event) => requested(event)),
    rule(invoiceCollection, 'InvoiceIssued', invoiceIdOf, (invoice, { data }) => invoice && issued(invoice, data)),
    rule(invoiceCollection, 'InvoiceBillingChanged', invoiceIdOf, (invoice, { data }) =>
      invoice && { ...invoice, billing: data.billing, updatedAt: data.changedAt }),
    rule(invoiceCollection, 'InvoiceBillingForgotten', invoiceIdOf, (invoice, { data }) =>
      invoice && { ...invoice, billing: null, updatedAt: data.forgottenAt }),
    rule(invoiceCollection, 'InvoiceCorrected', invoiceIdOf, (invoice, { data }) =>
      invoice && { ...invoice, userId: data.content.userId, content: data.content, updatedAt: data.correctedAt }),
    rule(invoiceCollection, 'InvoiceVoided', invoiceIdOf, (invoice, { data }) => invoice && voided(invoice, data)),
  ],
});
