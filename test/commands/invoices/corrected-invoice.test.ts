import t from 'tap';
import { creditRefund } from '../../../src/commands/invoices/credit-refund.js';
import { invoicePayment } from '../../../src/commands/invoices/invoice-payment.js';
import { requestInvoice, type RequestInvoiceInput } from '../../../src/commands/invoices/request-invoice.js';
import { voidInvoice } from '../../../src/commands/invoices/void-invoice.js';
import { recordCash } from '../../../src/commands/payments/record-cash.js';
import { refundPayment } from '../../../src/commands/payments/refund-payment.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { drawnUp, root } from '../../fixtures/courses.js';
import { billingData as billing } from '../../fixtures/invoices.js';
import { at, opened, wanted } from '../../fixtures/purchases.js';

/** Two courses of 12.50, paid in cash and invoiced by the worker. */
const start = async () => {
  const services = servicesOver(new MemoryEventStore<DomainEvent>());
  const [one, two] = [await drawnUp(services), await drawnUp(services)];
  const paymentId = await opened(services, wanted([one, two], { method: 'cash', amount: '25' }));
  await recordCash(services)({ actor: root, paymentId }, contextFor());
  await invoicePayment(services)({ paymentId, at }, contextFor());
  const item = (courseId: string, price: string) => ({ courseId, courseName: 'Fugues', price, quantity: 1 });
  const replaced = async (items: RequestInvoiceInput['items'] = [item(one, '12.5'), item(two, '12.5')]): Promise<string> => {
    const input = { actor: root, paymentId, userId: 'sam', currency: 'USD', paymentMethod: 'cash', amount: '25', items, billing };
    const outcome = await requestInvoice(services)(input, contextFor());
    if (!outcome.ok) throw new Error(outcome.rejection);
    return outcome.value.invoiceId;
  };
  const voided = (invoiceId = paymentId) => voidInvoice(services)({ actor: root, invoiceId, reason: 'wrong' }, contextFor());
  const refunded = async (amount: string | null): Promise<string> => {
    const outcome = await refundPayment(services)({ actor: root, paymentId, amount, reason: null }, contextFor());
    if (!outcome.ok) throw new Error(outcome.rejection);
    const { refundId } = outcome.value;
    const { state: payment } = await services.handler.load(aggregates.payment, paymentId);
    const made = payment.status === 'captured' ? payment.refunds.get(refundId)?.amount : undefined;
    if (made === undefined) throw new Error('no refund was made');
    const credited = await creditRefund(services)({ paymentId, refundId, amount: made, at }, contextFor());
    if (!credited.ok) throw new Error(credited.rejection);
    return refundId;
  };
  const contentOf = async (invoiceId: string) => {
    const { state } = await services.handler.load(aggregates.invoice, invoiceId);
    return state.status === 'none' ? undefined : state.content;
  };
  const totalsOf = async (invoiceId: string) => (await contentOf(invoiceId))?.items.map(({ total }) => total);
  return { paymentId, one, two, item, replaced, voided, refunded, contentOf, totalsOf };
};

void t.test('issue 9.11: a credit note corrects the invoice that stands', async (t) => {
  const { paymentId, replaced, voided, refunded, contentOf } = await start();
  const first = await refunded('5');
  t.match(await contentOf(first), { kind: 'credit-note', correctsInvoiceId: paymentId });
  await voided();
  const second = await replaced();
  t.match(await contentOf(await refunded('5')), { correctsInvoiceId: second, total: '5.00' });
  await voided(second);
  const third = await replaced();
  t.match(await contentOf(await refunded(null)), { correctsInvoiceId: third, total: '15.00' });
  t.match(await contentOf(first), { correctsInvoiceId: paymentId }, 'what was issued stays as it was');
});

void t.test('issue 9.11: where no invoice stands there is no credit note, until one does', async (t) => {
  const { voided, replaced, refunded, contentOf } = await start();
  await voided();
  const refundId = await refunded('5');
  t.equal(await contentOf(refundId), undefined);
  const replacement = await replaced();
  t.match(await contentOf(refundId), { kind: 'credit-note', correctsInvoiceId: replacement, total: '5.00' });
});

void t.test('issue 9.12: the notes mirror the invoice that stands also where a person listed other lines', async (t) => {
  const { one, two, item, replaced, voided, refunded, totalsOf, contentOf } = await start();
  const first = await refunded('0.01');
  t.strictSame(await totalsOf(first), ['0.01', '0.00']);
  await voided();
  const replacement = await replaced([item(two, '20'), item(one, '2'), item(one, '3')]);
  const [second, third] = [await refunded('7'), await refunded(null)];
  t.match(await contentOf(third), { correctsInvoiceId: replacement, items: [{ courseId: two }, { courseId: one }, { courseId: one }] });
  const notes = [await totalsOf(second), await totalsOf(third)];
  t.strictSame(notes, [['3.50', '1.99', '1.51'], ['16.50', '0.00', '1.49']]);
});
