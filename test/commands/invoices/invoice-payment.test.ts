import t from 'tap';
import { creditRefund } from '../../../src/commands/invoices/credit-refund.js';
import { invoicePayment } from '../../../src/commands/invoices/invoice-payment.js';
import { standingInvoice } from '../../../src/commands/invoices/standing-invoice.js';
import { CommandHandler } from '../../../src/commands/write-path/command-handler.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { EventCodec } from '../../../src/domain/event-codec.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { Quote } from '../../../src/domain/payment/events.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor } from '../../fixtures/command-services.js';

const at = '2026-03-01T12:00:00.000Z';
const paymentId = 'b6d1c1f0-6f5c-5c3e-9d0b-2f0c7d6a8e11';
const quote: Quote = {
  lines: [
    { courseId: 'c1', title: 'One', listPrice: '30.00', discount: '3.00', total: '27.00' },
    { courseId: 'c2', title: 'Two', listPrice: '10.00', discount: '1.00', total: '9.00' },
  ],
  subtotal: '40.00',
  discount: '4.00',
  total: '36.00',
  currency: 'USD',
  couponCode: 'SAVE10',
};

const start = async ({ opened = true } = {}) => {
  const clock = new FakeClock(at);
  const handler = new CommandHandler({ store: new MemoryEventStore<DomainEvent>(), codec: new EventCodec(), clock });
  const data = { paymentId, payerId: 's1', method: 'card', quote, token: null, expiresAt: '2026-03-01T12:15:00.000Z', at } as const;
  if (opened) await handler.handle(aggregates.payment, paymentId, { type: 'OpenPayment', data }, contextFor());
  const contentOf = async (invoiceId: string) => {
    const { state } = await handler.load(aggregates.invoice, invoiceId);
    return state.status === 'none' ? undefined : state.content;
  };
  return { handler, contentOf };
};

void t.test('a payment is invoiced as it was quoted, line by line', async (t) => {
  const { handler, contentOf } = await start();
  t.match(await invoicePayment({ handler })({ paymentId, at }, contextFor()), { ok: true });
  t.match(await contentOf(paymentId), {
    kind: 'invoice',
    origin: 'worker',
    paymentId,
    userId: 's1',
    correctsInvoiceId: null,
    items: [
      { courseId: 'c1', courseName: 'One', price: '30.00', quantity: 1, discount: '3.00', total: '27.00' },
      { courseId: 'c2', courseName: 'Two', price: '10.00', quantity: 1, discount: '1.00', total: '9.00' },
    ],
    subtotal: '40.00',
    discount: '4.00',
    total: '36.00',
    currency: 'USD',
    paymentMethod: 'card',
  });
});

void t.test('a refund is credited in proportion to what each course cost', async (t) => {
  const { handler, contentOf } = await start();
  await invoicePayment({ handler })({ paymentId, at }, contextFor());
  t.match(await creditRefund({ handler })({ paymentId, refundId: 'f1', amount: '10.00', at }, contextFor()), { ok: true });
  t.match(await contentOf('f1'), {
    kind: 'credit-note',
    correctsInvoiceId: paymentId,
    items: [{ total: '7.50', discount: '0.00' }, { total: '2.50', discount: '0.00' }],
    subtotal: '10.00',
    discount: '0.00',
    total: '10.00',
  });
});

void t.test('asked for twice, there is one document', async (t) => {
  const { handler, contentOf } = await start();
  await invoicePayment({ handler })({ paymentId, at }, contextFor());
  const first = await contentOf(paymentId);
  t.match(await invoicePayment({ handler })({ paymentId, at }, contextFor()), { ok: true });
  t.same(await contentOf(paymentId), first);
});

void t.test('a payment that was never opened has nothing to be invoiced', async (t) => {
  const { handler } = await start({ opened: false });
  t.match(await invoicePayment({ handler })({ paymentId, at }, contextFor()), { ok: false, rejection: 'payment-not-opened' });
  const expire = { type: 'ExpirePayment', data: { paymentId, at } } as const;
  await handler.handle(aggregates.payment, paymentId, expire, contextFor());
  const refund = { paymentId, refundId: 'f1', amount: '1.00', at };
  t.match(await creditRefund({ handler })(refund, contextFor()), { ok: false, rejection: 'payment-not-opened' });
});

void t.test('issue 9.11: a repeat replaces no invoice that was voided since', async (t) => {
  const { handler, contentOf } = await start();
  await invoicePayment({ handler })({ paymentId, at }, contextFor());
  await handler.handle(aggregates.invoice, paymentId, { type: 'VoidInvoice', data: { reason: 'wrong', at } }, contextFor());
  t.match(await invoicePayment({ handler })({ paymentId, at }, contextFor()), { ok: true, changed: false });
  t.equal(await contentOf((await standingInvoice({ handler }, paymentId)).invoiceId), undefined);
});
