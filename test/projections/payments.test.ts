import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import type { InvoiceContent } from '../../src/domain/invoice/events.js';
import { paymentsProjection } from '../../src/projections/payments/projection.js';
import { listPayments, paymentById } from '../../src/projections/payments/queries.js';
import { invoiceContent } from '../fixtures/invoices.js';
import { quoteOf } from '../fixtures/quotes.js';
import { recordProjection } from '../../src/projections/kernel/record-projection.js';
import { paymentBilling } from '../../src/domain/resources/payment-billing.js';
import { Projected, recorded } from './projected.js';

const at = '2026-02-01T10:00:00.000Z';
const later = '2026-02-01T11:00:00.000Z';
const quote = quoteOf([['a', '10.00', '2.00'], ['b', '5.00', '1.00']], { couponCode: 'SPRING' });
const paymentId = 'p1';
const money = { paymentId, amount: '12.00', currency: 'USD' };
const opened = (id = paymentId, payerId = 'sam', openedAt = at): DomainEvent => ({
  type: 'PaymentOpened',
  data: { paymentId: id, payerId, method: 'card', quote, expiresAt: later, openedAt },
});
const captured: DomainEvent = { type: 'PaymentCaptured', data: { ...money, reference: 'r', capturedAt: later } };
const expired = (id = paymentId): DomainEvent => ({ type: 'PaymentExpired', data: { paymentId: id, expiredAt: later } });
const refund = (refundId: string, amount: string) => ({ paymentId, refundId, amount, currency: 'USD' });
const refundRequested = (refundId: string, amount: string): DomainEvent => ({
  type: 'PaymentRefundRequested',
  data: { ...refund(refundId, amount), reason: null, requestedBy: 'admin', requestedAt: later },
});
const refunded = (refundId: string, amount: string, full: boolean): DomainEvent => ({
  type: 'PaymentRefunded',
  data: { ...refund(refundId, amount), full, reference: null, refundedAt: later },
});
const granted = (courseId: string, grantId = paymentId): DomainEvent => ({
  type: 'AccessGranted',
  data: { studentId: 'sam', courseId, grantId, source: 'payment', grantedAt: later },
});
const content = (kind: InvoiceContent['kind']): InvoiceContent =>
  invoiceContent({ kind, paymentId, correctsInvoiceId: kind === 'invoice' ? null : paymentId });
const invoiceRequested = (invoiceId: string, kind: InvoiceContent['kind'] = 'invoice'): DomainEvent => ({
  type: 'InvoiceRequested',
  data: { invoiceId, content: content(kind), billing: null, requestedAt: later },
});
const issued = (invoiceId: string, invoiceNumber: string): DomainEvent => ({
  type: 'InvoiceIssued',
  data: { invoiceId, invoiceNumber, issuedAt: later },
});
const projected = (...events: readonly DomainEvent[]) =>
  new Projected([paymentsProjection, recordProjection(paymentBilling)], recorded(events.map((event) => ['stream-1', event])));
const shown = (...events: readonly DomainEvent[]) => paymentById(projected(...events), paymentId);

t.test('a payment that was opened is pending, with what it will charge', async (t) => {
  t.match(await shown(opened()), {
    id: paymentId,
    userId: 'sam',
    courseIds: ['a', 'b'],
    quote: { total: '12.00', couponCode: 'SPRING' },
    status: 'pending',
    refundedAmount: '0.00',
    billing: null,
    invoiceNumber: null,
  });
});

t.test('each way that a payment ends has its status', async (t) => {
  t.match(await shown(opened(), captured), { status: 'completed', capturedAmount: '12.00', updatedAt: later });
  const declined: DomainEvent = { type: 'PaymentDeclined', data: { paymentId, reason: 'no money', declinedAt: later } };
  t.match(await shown(opened(), declined), { status: 'failed', failureReason: 'no money' });
  t.match(await shown(opened(), expired()), { status: 'failed', failureReason: 'expired' });
  const cancelled: DomainEvent = { type: 'PaymentCancelled', data: { paymentId, cancelledBy: 'sam', reason: null, cancelledAt: later } };
  t.match(await shown(opened(), cancelled), { status: 'cancelled', failureReason: null });
});

t.test('a payment that ended before it was opened is not shown', async (t) => {
  t.same(projected(expired()).contents(), {});
});

t.test('a part that was refunded leaves the payment completed, the whole does not', async (t) => {
  const events = [opened(), captured, refundRequested('r1', '5.00'), refunded('r1', '5.00', false)];
  t.match(await shown(...events), { status: 'completed', refundedAmount: '5.00' });
  const all = await shown(...events, refundRequested('r2', '7.00'), refunded('r2', '7.00', true));
  t.match(all, {
    status: 'refunded',
    refundedAmount: '12.00',
    refunds: [
      { refundId: 'r1', amount: '5.00', status: 'refunded' },
      { refundId: 'r2', amount: '7.00', status: 'refunded' },
    ],
  });
});

t.test('a refund that failed stays listed, and nothing counts as refunded', async (t) => {
  const failed: DomainEvent = { type: 'PaymentRefundFailed', data: { ...refund('r1', '5.00'), reason: 'closed', failedAt: later } };
  t.match(await shown(opened(), captured, refundRequested('r1', '5.00'), failed), {
    status: 'completed',
    refundedAmount: '0.00',
    refunds: [{ refundId: 'r1', status: 'failed' }],
  });
});

t.test('money that came too late and went back leaves the payment as it ended', async (t) => {
  const late: DomainEvent = { type: 'PaymentCapturedLate', data: { ...money, reference: 'r', capturedAt: later } };
  const payment = await shown(opened(), expired(), late, refundRequested('late', '12.00'), refunded('late', '12.00', true));
  t.match(payment, { status: 'failed', failureReason: 'expired', capturedAmount: '12.00', refundedAmount: '12.00' });
});

t.test('the courses that a payment gives access to come and go with its grants', async (t) => {
  const payment = await shown(opened(), captured, granted('b'), granted('a'), granted('a'), granted('c', 'another'));
  t.same(payment?.grantedCourseIds, ['a', 'b']);
  const revoked: DomainEvent = {
    type: 'AccessRevoked',
    data: { studentId: 'sam', courseId: 'a', grantId: paymentId, reason: 'refund', revokedAt: later },
  };
  t.same((await shown(opened(), captured, granted('a'), granted('b'), revoked))?.grantedCourseIds, ['b']);
});

t.test('a payment holds its courses until they are granted or given back', async (t) => {
  t.same((await shown(opened()))?.heldCourseIds, ['a', 'b']);
  t.same((await shown(opened(), captured, granted('a')))?.heldCourseIds, ['b']);
  const released: DomainEvent = {
    type: 'EnrollmentHoldReleased',
    data: { studentId: 'sam', courseId: 'b', paymentId, reason: 'payment-expired', releasedAt: later },
  };
  t.same((await shown(opened(), expired(), released))?.heldCourseIds, ['a']);
});

t.test('a payment shows its invoice, not its credit notes', async (t) => {
  const events = [opened(), captured, invoiceRequested(paymentId), invoiceRequested('r1', 'credit-note'), issued('r1', 'CN-2026-000001')];
  t.match(await shown(...events), { invoiceId: paymentId, invoiceNumber: null });
  t.match(await shown(...events, issued(paymentId, 'INV-2026-000007')), { invoiceNumber: 'INV-2026-000007' });
});

t.test('who pays is put right field by field, and can be forgotten', async (t) => {
  const record = { recordId: paymentId, ownerId: 'sam', actorId: 'sam' };
  const created: DomainEvent = { type: 'PaymentBillingCreated', data: { ...record, fields: { firstName: 'Sam', city: 'Bonn' }, createdAt: at } };
  const changed: DomainEvent = { type: 'PaymentBillingChanged', data: { ...record, fields: { city: 'Köln' }, changedAt: later } };
  const deleted: DomainEvent = { type: 'PaymentBillingDeleted', data: { ...record, deletedAt: later } };
  t.same((await shown(created, opened(), changed))?.billing, { firstName: 'Sam', city: 'Köln' });
  t.equal((await shown(created, opened(), changed, deleted))?.billing, null);
});

t.test('lists are newest first, by payer and by status', async (t) => {
  const readModels = projected(
    opened('p1', 'sam', '2026-02-01T10:00:00.000Z'),
    opened('p2', 'kim', '2026-02-02T10:00:00.000Z'),
    opened('p3', 'sam', '2026-02-03T10:00:00.000Z'),
    captured,
  );
  const page = { skip: 0, limit: 10 };
  const listed = async (wanted: Partial<Parameters<typeof listPayments>[1]>) => {
    const { payments, total } = await listPayments(readModels, { ...page, ...wanted });
    return [payments.map(({ id }) => id), total];
  };
  t.same(await listed({}), [['p3', 'p2', 'p1'], 3]);
  t.same(await listed({ limit: 1, skip: 1 }), [['p2'], 3]);
  t.same(await listed({ userId: 'sam' }), [['p3', 'p1'], 2]);
  t.same(await listed({ userId: 'sam', status: 'completed' }), [['p1'], 1]);
});
