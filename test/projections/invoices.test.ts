import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import type { BillingData, InvoiceContent } from '../../src/domain/invoice/events.js';
import { invoicesProjection } from '../../src/projections/invoices/projection.js';
import { invoiceById, invoiceByNumber, listInvoices } from '../../src/projections/invoices/queries.js';
import { billingData as billing, invoiceContent } from '../fixtures/invoices.js';
import { recordProjection } from '../../src/projections/kernel/record-projection.js';
import { resources } from '../../src/domain/resources/index.js';
import { Projected, recorded } from './projected.js';

const at = '2026-02-01T10:00:00.000Z';
const later = '2026-02-01T11:00:00.000Z';
const content = (userId: string): InvoiceContent => invoiceContent({ origin: 'manual', userId });
const requested = (invoiceId = 'i1', userId = 'sam', requestedAt = at, own: BillingData | null = null): DomainEvent => ({
  type: 'InvoiceRequested',
  data: { invoiceId, content: content(userId), billing: own, requestedAt },
});
const issued = (invoiceId = 'i1', invoiceNumber = 'INV-2026-000001'): DomainEvent => ({
  type: 'InvoiceIssued',
  data: { invoiceId, invoiceNumber, issuedAt: later },
});
const voided: DomainEvent = { type: 'InvoiceVoided', data: { invoiceId: 'i1', reason: 'wrong', voidedAt: later } };
const paymentBilling: DomainEvent = {
  type: 'PaymentBillingCreated',
  data: { recordId: 'p1', ownerId: 'sam', actorId: 'sam', fields: { firstName: 'Sam', city: 'Bonn' }, createdAt: at },
};
const projected = (...events: readonly DomainEvent[]) =>
  new Projected([invoicesProjection, recordProjection(resources.paymentBilling)], recorded(events.map((event) => ['stream-1', event])));
const shown = (...events: readonly DomainEvent[]) => invoiceById(projected(...events), 'i1');

t.test('an invoice has no number until it is issued, and is found by it then', async (t) => {
  t.match(await shown(requested()), { status: 'requested', invoiceNumber: null, issuedAt: null, createdAt: at });
  const readModels = projected(requested(), issued());
  t.match(await invoiceByNumber(readModels, 'INV-2026-000001'), { id: 'i1', status: 'issued', issuedAt: later });
  t.equal(await invoiceByNumber(readModels, 'INV-2026-000002'), undefined);
});

t.test('an invoice that was voided before it had its number gets it, and stays void', async (t) => {
  t.match(await shown(requested(), issued(), voided), { status: 'void', voidReason: 'wrong', invoiceNumber: 'INV-2026-000001' });
  t.match(await shown(requested(), voided, issued()), { status: 'void', invoiceNumber: 'INV-2026-000001' });
});

t.test('who pays is taken from the payment, until the invoice has its own', async (t) => {
  t.equal((await shown(requested()))?.billing, null);
  const corrected: DomainEvent = {
    type: 'PaymentBillingChanged',
    data: { recordId: 'p1', ownerId: 'sam', actorId: 'sam', fields: { city: 'Köln' }, changedAt: later },
  };
  t.same((await shown(requested(), paymentBilling, corrected))?.billing, { firstName: 'Sam', city: 'Köln' });
  t.same((await shown(paymentBilling, requested('i1', 'sam', at, billing)))?.billing, billing);
  const own: DomainEvent = { type: 'InvoiceBillingChanged', data: { invoiceId: 'i1', billing, changedAt: later } };
  t.same((await shown(paymentBilling, requested(), own))?.billing, billing);
  const forgotten: DomainEvent = { type: 'PaymentBillingDeleted', data: { recordId: 'p1', ownerId: 'sam', actorId: null, deletedAt: later } };
  t.equal((await shown(paymentBilling, requested(), forgotten))?.billing, null);
});

t.test('a correction replaces what the invoice lists', async (t) => {
  const corrected: DomainEvent = {
    type: 'InvoiceCorrected',
    data: { invoiceId: 'i1', content: { ...content('sam'), paymentMethod: 'transfer' }, correctedAt: later },
  };
  t.match(await shown(requested(), corrected), { content: { paymentMethod: 'transfer' }, updatedAt: later });
});

t.test('lists are newest first, and of one account or all', async (t) => {
  const readModels = projected(requested('i1', 'sam', at), requested('i2', 'kim', later), requested('i3', 'sam', '2026-02-01T12:00:00.000Z'));
  const page = { skip: 0, limit: 10 };
  const all = await listInvoices(readModels, page);
  t.same([all.invoices.map(({ id }) => id), all.total], [['i3', 'i2', 'i1'], 3]);
  const own = await listInvoices(readModels, { ...page, userId: 'sam' });
  t.same([own.invoices.map(({ id }) => id), own.total], [['i3', 'i1'], 2]);
});
