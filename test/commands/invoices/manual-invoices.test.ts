import t from 'tap';
import type { Actor } from '../../../src/commands/actor.js';
import { cancelPayment } from '../../../src/commands/payments/cancel-payment.js';
import { changeInvoice, type ChangeInvoiceInput } from '../../../src/commands/invoices/change-invoice.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { requestInvoice, type RequestInvoiceInput } from '../../../src/commands/invoices/request-invoice.js';
import { voidInvoice } from '../../../src/commands/invoices/void-invoice.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { drawnUp, root } from '../../fixtures/courses.js';
import { billingData as billing, invoiceContent } from '../../fixtures/invoices.js';
import { at, issued, kim, opened, sam, wanted } from '../../fixtures/purchases.js';

/** A pending cash payment of 20.00 for two courses of 12.50 at 20 per cent off. */
const start = async () => {
  const services = servicesOver(new MemoryEventStore<DomainEvent>());
  await issued(services);
  const [one, two] = [await drawnUp(services), await drawnUp(services)];
  const paymentId = await opened(services, wanted([one, two], { method: 'cash', amount: '20', discountCode: 'SPRING' }));
  const item = (courseId: string, price = '12.5') => ({ courseId, courseName: 'Fugues', price, quantity: 1 });
  const request = (input: Partial<RequestInvoiceInput> = {}, context = contextFor()) =>
    requestInvoice(services)(
      {
        actor: root,
        paymentId,
        userId: 'sam',
        currency: 'USD',
        paymentMethod: 'cash',
        amount: '20',
        items: [item(one), item(two)],
        billing,
        ...input,
      },
      context,
    );
  const change = (input: Omit<ChangeInvoiceInput, 'invoiceId'>) => changeInvoice(services)({ invoiceId: paymentId, ...input }, contextFor());
  const cancelInvoice = (actor: Actor, invoiceId = paymentId) => voidInvoice(services)({ actor, invoiceId, reason: 'wrong' }, contextFor());
  const invoiceOf = async (invoiceId = paymentId) => (await services.handler.load(aggregates.invoice, invoiceId)).state;
  return { services, paymentId, one, item, request, change, cancelInvoice, invoiceOf };
};

t.test('an invoice by hand is worked out from its items and its amount', async (t) => {
  const { paymentId, request, invoiceOf } = await start();
  t.match(await request(), { ok: true, value: { invoiceId: paymentId } });
  t.match(await invoiceOf(), {
    status: 'requested',
    billing,
    content: {
      origin: 'manual',
      subtotal: '25.00',
      discount: '5.00',
      total: '20.00',
      items: [{ price: '12.50', discount: '2.50', total: '10.00' }, { discount: '2.50', total: '10.00' }],
    },
  });
});

t.test('an invoice says what its payment says', async (t) => {
  const { services, paymentId, one, item, request } = await start();
  t.match(await request({ actor: sam }), { rejection: 'invoice-not-permitted' });
  t.match(await request({ paymentId: 'unknown' }), { rejection: 'payment-not-opened' });
  t.match(await request({ userId: 'kim' }), { rejection: 'invoice-inconsistent', details: { reason: 'payer' } });
  t.match(await request({ currency: 'EUR' }), { rejection: 'currency-mismatch' });
  t.match(await request({ amount: '19.99' }), { rejection: 'amount-mismatch', details: { amount: '20.00' } });
  t.match(await request({ amount: '25.01' }), { rejection: 'invoice-inconsistent', details: { reason: 'total', subtotal: '25.00' } });
  t.match(await request({ items: [item(one, '12.505')] }), { details: { reason: 'precision' } });
  t.match(await request({ items: [item('another', '20')] }), { details: { reason: 'course-not-bought', courseId: 'another' } });
  t.match(await request({ items: [], amount: '0' }), { ok: false });
  await cancelPayment(services)({ actor: root, paymentId, reason: null }, contextFor());
  t.match(await request(), { rejection: 'payment-already-ended' });
});

t.test('pitfall 17: a payment has one invoice, however often it is asked for', async (t) => {
  const { paymentId, request } = await start();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => request()));
  t.ok(outcomes.every((outcome) => outcome.ok && outcome.value.invoiceId === paymentId));
  t.match(await request({ paymentMethod: 'transfer' }), { rejection: 'payment-already-invoiced', details: { invoiceId: paymentId } });
});

t.test('a voided invoice may be replaced, by one', async (t) => {
  const { paymentId, request, cancelInvoice, invoiceOf } = await start();
  await request();
  t.match(await cancelInvoice(sam), { rejection: 'invoice-not-permitted' });
  t.match(await cancelInvoice(root), { ok: true });
  t.match(await invoiceOf(), { status: 'void' });
  const replaced = await request();
  t.ok(replaced.ok && replaced.value.invoiceId !== paymentId);
  t.match(await request({ paymentMethod: 'transfer' }), { rejection: 'payment-already-invoiced' });
});

t.test('the owner and admins put right who pays; for others there is no such invoice', async (t) => {
  const { request, change, cancelInvoice, invoiceOf } = await start();
  await request();
  t.match(await change({ actor: kim, billing }), { rejection: 'invoice-not-requested' });
  t.match(await change({ actor: sam, billing: { ...billing, city: 'Köln' } }), { ok: true });
  t.match(await invoiceOf(), { billing: { city: 'Köln' } });
  await cancelInvoice(root);
  t.match(await change({ actor: sam, billing }), { rejection: 'invoice-void' });
});

t.test('an admin corrects what was written by hand, and all amounts are worked out again', async (t) => {
  const { one, item, request, change, invoiceOf } = await start();
  await request();
  const listing = { items: [item(one, '30')], amount: '20' };
  t.match(await change({ actor: sam, listing }), { rejection: 'invoice-not-permitted' });
  t.match(await change({ actor: root, listing, billing: { ...billing, city: 'Köln' } }), { ok: true });
  t.match(await invoiceOf(), { content: { subtotal: '30.00', discount: '10.00', total: '20.00' }, billing: { city: 'Köln' } });
  t.match(await change({ actor: root, listing: { amount: '31' }, billing }), { rejection: 'invoice-inconsistent' });
  t.match(await change({ actor: root, listing: { amount: '19' }, billing }), { rejection: 'amount-mismatch' });
  t.match(await invoiceOf(), { billing: { city: 'Köln' } }, 'nothing of a refused change is done');
});

t.test('the amount of an invoice that was made from a payment is fixed', async (t) => {
  const { services, paymentId, one, change } = await start();
  const items = [{ courseId: one, courseName: 'Fugues', price: '20.00', quantity: 1, discount: '0.00', total: '20.00' }];
  const content = invoiceContent({ paymentId, items, subtotal: '20.00', total: '20.00', paymentMethod: 'cash' });
  const command = { type: 'RequestInvoice', data: { invoiceId: paymentId, content, billing: null, at } } as const;
  await services.handler.handle(aggregates.invoice, paymentId, command, contextFor());
  t.match(await change({ actor: root, listing: { amount: '10' } }), { rejection: 'invoice-amount-fixed' });
  t.match(await change({ actor: sam, billing }), { ok: true });
});

t.test('an invoice that nobody asked for can not be voided', async (t) => {
  const { cancelInvoice } = await start();
  t.match(await cancelInvoice(root, 'unknown'), { rejection: 'invoice-not-requested' });
});

t.test('issue 9.13: an invoice that is requested while its payment ends is void, also when the request is repeated', async (t) => {
  const { services, paymentId, request, invoiceOf } = await start();
  const handle = services.handler.handle.bind(services.handler);
  let ended = false;
  services.handler.handle = async (aggregate, id, command, context) => {
    if (aggregate.category === 'invoice' && !ended) {
      ended = true;
      await cancelPayment(services)({ actor: sam, paymentId, reason: null }, contextFor());
    }
    return handle(aggregate, id, command, context);
  };
  const context = contextFor();
  t.match(await request({}, context), { rejection: 'payment-already-ended' });
  t.match(await invoiceOf(), { status: 'void' });
  t.match(await request({}, context), { rejection: 'payment-already-ended' });
});
