import t from 'tap';
import { invoiceDecider, type InvoiceCommand } from '../../src/domain/invoice/decider.js';
import type { BillingData, InvoiceContent, InvoiceEvent } from '../../src/domain/invoice/events.js';
import { given, stateAfter } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const invoiceId = 'invoice';
const content: InvoiceContent = {
  kind: 'invoice',
  origin: 'worker',
  paymentId: 'payment',
  userId: 'student',
  correctsInvoiceId: null,
  items: [
    { courseId: 'a', courseName: 'Course a', price: '20.00', quantity: 1, discount: '2.00', total: '18.00' },
    { courseId: 'b', courseName: 'Course b', price: '5.00', quantity: 2, discount: '0.00', total: '10.00' },
  ],
  subtotal: '30.00',
  discount: '2.00',
  total: '28.00',
  currency: 'EUR',
  paymentMethod: 'card',
};
const manual: InvoiceContent = { ...content, origin: 'manual' };
const billing: BillingData = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@example.org',
  phoneNumber: '1',
  address: 'Street 1',
  city: 'London',
  country: 'GB',
};
const moved: BillingData = { ...billing, city: 'Turin', country: 'IT' };

const request = (wanted: InvoiceContent = content): InvoiceCommand => {
  return { type: 'RequestInvoice', data: { invoiceId, content: wanted, billing, at } };
};
const issue = (invoiceNumber = 'INV-2026-000001'): InvoiceCommand => ({ type: 'IssueInvoice', data: { invoiceNumber, at } });
const changeBilling = (wanted: BillingData): InvoiceCommand => ({ type: 'ChangeInvoiceBilling', data: { billing: wanted, at } });
const correct = (wanted: InvoiceContent): InvoiceCommand => ({ type: 'CorrectInvoice', data: { content: wanted, at } });
const makeVoid: InvoiceCommand = { type: 'VoidInvoice', data: { reason: 'a mistake', at } };

const requested = (wanted: InvoiceContent = content): InvoiceEvent => {
  return { type: 'InvoiceRequested', data: { invoiceId, content: wanted, billing, requestedAt: at } };
};
const issued: InvoiceEvent = { type: 'InvoiceIssued', data: { invoiceId, invoiceNumber: 'INV-2026-000001', issuedAt: at } };
const billingChanged: InvoiceEvent = { type: 'InvoiceBillingChanged', data: { invoiceId, billing: moved, changedAt: at } };
const corrected = (wanted: InvoiceContent): InvoiceEvent => {
  return { type: 'InvoiceCorrected', data: { invoiceId, content: wanted, correctedAt: at } };
};
const voided: InvoiceEvent = { type: 'InvoiceVoided', data: { invoiceId, reason: 'a mistake', voidedAt: at } };

t.test('an invoice is requested once', async () => {
  given(invoiceDecider).when(request()).then([requested()]);
  given(invoiceDecider, [requested()]).when(request()).thenNothing();
  given(invoiceDecider, [requested(), issued, voided]).when(request(manual)).thenNothing();
});

t.test('an invoice whose amounts do not agree is refused', async () => {
  const [first, second] = content.items;
  if (first === undefined || second === undefined) throw new Error('two items expected');
  const wrong: readonly (readonly [string, Partial<InvoiceContent>])[] = [
    ['no-items', { items: [] }],
    ['item-total', { items: [{ ...first, total: '19.00' }, second] }],
    ['item-total', { items: [first, { ...second, quantity: 3 }] }],
    ['subtotal', { subtotal: '31.00' }],
    ['discount', { discount: '3.00' }],
    ['total', { total: '30.00' }],
    ['precision', { total: '28' }],
    ['precision', { currency: 'JPY' }],
    ['negative', { items: [{ ...first, discount: '22.00', total: '-2.00' }, second] }],
    ['corrected-invoice', { correctsInvoiceId: 'other' }],
    ['corrected-invoice', { kind: 'credit-note' }],
  ];
  for (const [reason, change] of wrong) {
    given(invoiceDecider).when(request({ ...content, ...change })).thenRefused('invoice-inconsistent', { reason });
  }
});

t.test('a credit note names the invoice that it corrects', async () => {
  const note: InvoiceContent = { ...content, kind: 'credit-note', correctsInvoiceId: 'other' };
  given(invoiceDecider).when(request(note)).then([requested(note)]);
});

t.test('pitfall 14: an invoice has one number', async () => {
  given(invoiceDecider, [requested()]).when(issue()).then([issued]);
  given(invoiceDecider, [requested(), issued]).when(issue()).thenNothing();
  const details = { invoiceNumber: 'INV-2026-000001' };
  given(invoiceDecider, [requested(), issued]).when(issue('INV-2026-000002')).thenRefused('invoice-already-issued', details);
});

t.test('pitfall 14: a number that was assigned stays in the books, also when the invoice became void before', async (t) => {
  given(invoiceDecider, [requested(), voided]).when(issue()).then([issued]);
  const state = stateAfter(invoiceDecider, [requested(), voided, issued]);
  t.match(state, { status: 'void', invoiceNumber: 'INV-2026-000001' });
  given(invoiceDecider, [requested(), issued, voided]).when(issue()).thenNothing();
});

t.test('nothing is done with an invoice that was not requested', async () => {
  for (const command of [issue(), changeBilling(moved), correct(manual), makeVoid]) {
    given(invoiceDecider).when(command).thenRefused('invoice-not-requested');
  }
});

t.test('the person and address are put right, before and after it has its number', async () => {
  given(invoiceDecider, [requested()]).when(changeBilling(moved)).then([billingChanged]);
  given(invoiceDecider, [requested(), issued]).when(changeBilling(moved)).then([billingChanged]);
  given(invoiceDecider, [requested()]).when(changeBilling(billing)).thenNothing();
});

t.test('an invoice that was made from a payment keeps its amounts', async () => {
  given(invoiceDecider, [requested(), issued]).when(correct({ ...content, userId: 'other' })).thenRefused('invoice-amount-fixed');
  given(invoiceDecider, [requested(), issued]).when(correct(manual)).thenRefused('invoice-amount-fixed');
  given(invoiceDecider, [requested(), issued]).when(correct(content)).thenNothing();
});

t.test('an invoice that was made by hand is corrected, consistently', async () => {
  const history = [requested(manual), issued];
  const cheaper: InvoiceContent = { ...manual, items: manual.items.slice(1), subtotal: '10.00', discount: '0.00', total: '10.00' };
  given(invoiceDecider, history).when(correct(cheaper)).then([corrected(cheaper)]);
  given(invoiceDecider, [...history, corrected(cheaper)]).when(correct(cheaper)).thenNothing();
  given(invoiceDecider, history).when(correct({ ...manual, total: '1.00' })).thenRefused('invoice-inconsistent', { reason: 'total' });
  const another = { reason: 'another-kind' };
  given(invoiceDecider, history).when(correct(content)).thenRefused('invoice-inconsistent', another);
  const note: InvoiceContent = { ...manual, kind: 'credit-note', correctsInvoiceId: 'x' };
  given(invoiceDecider, history).when(correct(note)).thenRefused('invoice-inconsistent', another);
});

t.test('an invoice is made void once, and is not changed afterwards', async () => {
  given(invoiceDecider, [requested(), issued]).when(makeVoid).then([voided]);
  const history = [requested(manual), issued, voided];
  given(invoiceDecider, history).when(makeVoid).thenNothing();
  given(invoiceDecider, history).when(changeBilling(moved)).thenRefused('invoice-void');
  given(invoiceDecider, history).when(correct(content)).thenRefused('invoice-void');
});

t.test('forgetting who pays', async (t) => {
  const forget: InvoiceCommand = { type: 'ForgetInvoiceBilling', data: { at } };
  const forgotten: InvoiceEvent = { type: 'InvoiceBillingForgotten', data: { invoiceId, forgottenAt: at } };
  t.test('leaves the invoice as it is otherwise, void or not', async () => {
    given(invoiceDecider, [requested(), issued]).when(forget).then([forgotten]);
    given(invoiceDecider, [requested(), voided]).when(forget).then([forgotten]);
  });
  t.test('is done once', async () => given(invoiceDecider, [requested(), forgotten]).when(forget).thenNothing());
  t.test('needs an invoice', async () => given(invoiceDecider).when(forget).thenRefused('invoice-not-requested'));
});

t.test('an event before the request leaves no invoice', async (t) => {
  for (const early of [issued, voided]) t.same(stateAfter(invoiceDecider, [early]), { status: 'none' });
  t.match(stateAfter(invoiceDecider, [issued, requested()]), { status: 'requested', invoiceNumber: null });
});
