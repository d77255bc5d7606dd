import t from 'tap';
import { billingData } from '../../fixtures/invoices.js';
import { openShop, type Answer } from '../../fixtures/shop.js';

const shop = await openShop();
const { admin, sam, send, course, coupon, purchase } = shop;
t.teardown(() => shop.close());

const idOf = ({ body }: Answer) => String(body['id']);
const sold = async (courseIds: readonly string[], fields: object = {}): Promise<string> => {
  const answer = await send(sam, 'POST', '/payments', purchase(courseIds, fields));
  if (answer.status !== 201) throw new Error(JSON.stringify(answer));
  return idOf(answer);
};
const byHand = (paymentId: string, courseId: string): object => {
  const items = [{ courseId, courseName: 'Fugues', price: 12.5, quantity: 1 }];
  return { paymentId, userId: sam.id, courseIds: [courseId], amount: 12.5, currency: 'USD', paymentMethod: 'transfer', billingData, items };
};
const refundOf = async (paymentId: string, fields: object = {}): Promise<Answer & { readonly refundId: string }> => {
  const answer = await send(admin, 'PATCH', `/payments/${paymentId}`, { status: 'refunded', ...fields });
  const refunds = (answer.body['refunds'] ?? []) as readonly { readonly id: string }[];
  await shop.settled();
  return { ...answer, refundId: refunds.at(-1)?.id ?? '' };
};

t.test('issue 9.11: a credit note corrects the invoice that stands, and none is made where none stands', async (t) => {
  const courseId = await course();
  const paymentId = await sold([courseId]);
  t.match(await send(admin, 'DELETE', `/invoices/${paymentId}`), { status: 200 });
  const early = await refundOf(paymentId, { amount: 2 });
  t.match(await send(admin, 'GET', `/invoices/${early.refundId}`), { status: 404 });
  const replacement = idOf(await send(admin, 'POST', '/invoices', byHand(paymentId, courseId)));
  t.not(replacement, paymentId);
  const late = await refundOf(paymentId);
  for (const [refundId, amount] of [[early.refundId, 2], [late.refundId, 10.5]] as const) {
    t.match(await send(sam, 'GET', `/invoices/${refundId}`), { status: 200, body: { kind: 'credit-note', correctsInvoiceId: replacement, amount } });
  }
});

t.test('issue 9.12: what was listed by hand stays as it is once a refund was credited on it', async (t) => {
  const courseId = await course();
  const paymentId = await sold([courseId], { paymentMethod: 'cash' });
  const invoiceId = idOf(await send(admin, 'POST', '/invoices', byHand(paymentId, courseId)));
  const relist = (price: number) => {
    const items = [{ courseId, courseName: 'Fugues', price, quantity: 1 }];
    return send(admin, 'PATCH', `/invoices/${invoiceId}`, { items });
  };
  t.match(await send(admin, 'PATCH', `/payments/${paymentId}`, { status: 'completed' }), { status: 200 });
  t.match(await relist(13), { status: 200, body: { subtotal: 13, amount: 12.5 } });
  t.match(await refundOf(paymentId, { amount: 2 }), { status: 200 });
  t.match(await relist(14), { status: 422, body: { code: 'invoice-amount-fixed' } });
});

t.test('issue 9.11: where the invoice by hand was voided before the money came, the payment gets its own', async (t) => {
  const courseId = await course();
  const paymentId = await sold([courseId], { paymentMethod: 'cash' });
  const first = idOf(await send(admin, 'POST', '/invoices', byHand(paymentId, courseId)));
  t.match(await send(admin, 'DELETE', `/invoices/${first}`), { status: 200 });
  t.match(await send(admin, 'PATCH', `/payments/${paymentId}`, { status: 'completed' }), { status: 200 });
  await shop.settled();
  const { body } = await send(sam, 'GET', `/payments/${paymentId}`);
  const invoiceId = String(body['invoiceId']);
  t.not(invoiceId, first);
  t.match(await send(sam, 'GET', `/invoices/${invoiceId}`), { status: 200, body: { status: 'issued', amount: 12.5 } });
  const { refundId } = await refundOf(paymentId);
  t.match(await send(sam, 'GET', `/invoices/${refundId}`), { status: 200, body: { correctsInvoiceId: invoiceId, amount: 12.5 } });
});

t.test('issue 9.13: an invoice by hand is void when its payment ends unpaid, also the one that replaced another', async (t) => {
  const courseId = await course();
  const paymentId = await sold([courseId], { paymentMethod: 'cash' });
  const first = idOf(await send(admin, 'POST', '/invoices', byHand(paymentId, courseId)));
  t.match(await send(admin, 'DELETE', `/invoices/${first}`), { status: 200 });
  const second = idOf(await send(admin, 'POST', '/invoices', byHand(paymentId, courseId)));
  t.match(await send(sam, 'DELETE', `/payments/${paymentId}`), { status: 200, body: { status: 'cancelled' } });
  await shop.settled();
  t.match(await send(sam, 'GET', `/invoices/${second}`), {
    status: 200,
    body: { status: 'void', voidReason: 'payment-cancelled', invoiceNumber: /^INV-2026-/ },
  });
  t.match(await send(admin, 'POST', '/invoices', byHand(paymentId, courseId)), { status: 409, body: { code: 'payment-already-ended' } });
});

t.test('issue 9.10: a purchase that cost nothing is taken back, with its access and the use of its code', async (t) => {
  const couponId = await coupon({ code: 'FREE', value: 100, maxUses: 1 });
  const courseId = await course(12.5, { capacity: 1 });
  for (const fields of [{}, { amount: 0 }]) {
    const paymentId = await sold([courseId], { amount: 0, discountCode: 'FREE' });
    t.match(await send(sam, 'DELETE', `/payments/${paymentId}`), { status: 409, body: { code: 'payment-already-captured' } });
    t.match(await send(sam, 'PATCH', `/payments/${paymentId}`, { status: 'refunded' }), { status: 403 });
    const { refundId, ...answer } = await refundOf(paymentId, fields);
    t.match(answer, { status: 200, body: { status: 'refunded', refundedAmount: 0, refunds: [{ amount: 0, status: 'refunded' }] } });
    t.match(await send(sam, 'GET', '/courses/user/purchased'), { body: { data: [] } });
    t.match(await send(admin, 'GET', `/discounts/${couponId}`), { body: { usedCount: 0, reservedCount: 0, isActive: true } });
    t.match(await send(sam, 'GET', `/courses/${courseId}`), { body: { seatsLeft: 1 } });
    t.match(await send(sam, 'GET', `/invoices/${refundId}`), { body: { kind: 'credit-note', correctsInvoiceId: paymentId, amount: 0 } });
    t.match(await send(admin, 'PATCH', `/payments/${paymentId}`, { status: 'refunded' }), { status: 200, body: { status: 'refunded' } });
  }
});

t.test('issue 9.18: one course of several is taken back by name', async (t) => {
  const [one, two] = [await course(10, { capacity: 1 }), await course(20)];
  const paymentId = await sold([one, two], { amount: 30 });
  const patch = (fields: object, account = admin) => send(account, 'PATCH', `/payments/${paymentId}`, { status: 'refunded', ...fields });
  const owned = async () => {
    const { body } = await send(sam, 'GET', '/courses/user/purchased');
    return (body['data'] as readonly { readonly id: string }[]).map(({ id }) => id).filter((id) => id === one || id === two);
  };

  t.match(await patch({ courseIds: [one] }, sam), { status: 403 });
  t.match(await patch({ courseIds: [] }), { status: 400, body: { errors: [{ field: 'courseIds' }] } });
  t.match(await patch({ courseIds: [one, 'another'] }), { status: 422, body: { code: 'course-not-bought', errors: [{ field: 'courseIds' }] } });
  t.match(await patch({ courseIds: [one], amount: 10.01 }), { status: 422, body: { code: 'refund-exceeds-captured', details: { left: 10 } } });
  t.match(await patch({ amount: 3, courseIds: [one, two] }), { status: 200, body: { status: 'completed', refundedAmount: 3 } });
  t.strictSame((await owned()).toSorted(), [one, two].toSorted(), 'the whole payment sent back is a refund in part, as ever');

  t.match(await patch({ courseId: one }), {
    status: 200,
    body: { status: 'completed', refundedAmount: 12, refunds: [{ amount: 3 }, { amount: 9, status: 'refunded', courseIds: [one] }] },
  });
  t.strictSame(await owned(), [two]);
  t.match(await send(sam, 'GET', `/courses/${one}`), { body: { seatsLeft: 1 } });
  await sold([one], { amount: 10 });
  t.strictSame((await owned()).toSorted(), [one, two].toSorted(), 'it can be bought again');
  t.match(await patch({ courseIds: [one] }), { status: 409, body: { code: 'nothing-to-refund' } });
  t.match(await patch({ courseIds: [two] }), { status: 200, body: { status: 'refunded', refundedAmount: 30 } });
  await shop.settled();
  t.strictSame(await owned(), [one], 'what was bought again is another purchase');
});
