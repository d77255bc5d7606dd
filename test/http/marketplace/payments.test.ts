import t from 'tap';
import { openShop, type Answer } from '../../fixtures/shop.js';

const shop = await openShop();
const { admin, ada, sam, kim, send, course, coupon, purchase } = shop;
t.teardown(() => shop.close());

const buy = (payload: object, headers?: Record<string, string>) => send(sam, 'POST', '/payments', payload, headers);
const idOf = ({ body }: Answer) => String(body['id']);
const sold = async (fields: object = {}) => {
  const answer = await buy(purchase([await course()], fields));
  if (answer.status !== 201) throw new Error(JSON.stringify(answer));
  return idOf(answer);
};

t.test('a card is charged at once: the answer shows the money, the access and the invoice', async (t) => {
  const code = 'WELCOME';
  const couponId = await coupon({ code, maxUses: 1 });
  const [one, two] = [await course(), await course(7.5)];
  const answer = await buy(purchase([one], { courseId: two, courseIds: [one, two], amount: 16, discountCode: 'welcome', paymentToken: 'tok' }));
  t.match(answer, {
    status: 201,
    body: {
      userId: sam.id,
      items: [
        { courseId: two, price: 7.5, discount: 1.5, total: 6 },
        { courseId: one, courseName: 'Fugues', price: 12.5, discount: 2.5, total: 10 },
      ],
      amount: 16,
      subtotal: 20,
      discount: 4,
      discountCode: code,
      currency: 'USD',
      paymentMethod: 'card',
      status: 'completed',
      failureReason: null,
      refundedAmount: 0,
      invoiceNumber: /^INV-2026-\d{6}$/,
      billingData: { firstName: 'Sam', city: 'Bonn' },
    },
  });
  const owned = await send(sam, 'GET', '/courses/user/purchased');
  t.same((owned.body['data'] as readonly { id: string }[]).map(({ id }) => id).toSorted(), [one, two].toSorted());
  t.match(await send(admin, 'GET', `/discounts/${couponId}`), { body: { usedCount: 1, reservedCount: 0, isActive: false } });
  t.match(await send(sam, 'GET', `/payments/${idOf(answer)}`), { status: 200, body: answer.body });
  t.match(await buy(purchase([one])), { status: 409, body: { code: 'already-enrolled' } });
});

t.test('a declined card makes a failed payment, says why, and can be tried again at once', async (t) => {
  const courseId = await course();
  const declined = await buy(purchase([courseId], { paymentToken: 'sandbox-declined' }));
  t.match(declined, { status: 201, body: { status: 'failed', failureReason: String, invoiceId: null } });
  t.match(await buy(purchase([courseId])), { status: 201, body: { status: 'completed' } });
});

t.test('a purchase that a coupon makes free needs no money', async (t) => {
  await coupon({ code: 'GIFT', value: 100 });
  const answer = await buy(purchase([await course()], { amount: 0, discountCode: 'GIFT', paymentMethod: 'cash' }));
  t.match(answer, { status: 201, body: { status: 'completed', amount: 0, discount: 12.5 } });
});

t.test('pitfall 13: a wrong amount is refused with the right one, as a number', async (t) => {
  const courseId = await course();
  const refused = await buy(purchase([courseId], { amount: 12.49 }));
  t.match(refused, { status: 422, body: { code: 'amount-mismatch', details: { amount: 12.5, currency: 'USD' } } });
  t.match(await send(ada, 'PATCH', `/courses/${courseId}`, { price: 20 }), { status: 200 });
  t.match(await buy(purchase([courseId])), { status: 422, body: { details: { amount: 20 } } });
});

t.test('what can not be bought is refused', async (t) => {
  const draft = await course(5, { isPublished: false });
  const free = await course(0);
  const refused: readonly (readonly [object, number, string])[] = [
    [purchase(['unknown']), 404, 'course-not-found'],
    [purchase([draft], { amount: 5 }), 409, 'course-not-published'],
    [purchase([free], { amount: 0 }), 422, 'course-free'],
    [purchase([await course()], { currency: 'EUR' }), 422, 'currency-mismatch'],
    [purchase([await course()], { discountCode: 'NOBODY' }), 422, 'coupon-not-issued'],
    [purchase([await course()], { userId: kim.id }), 403, 'payment-not-permitted'],
  ];
  for (const [payload, status, code] of refused) t.match(await buy(payload), { status, body: { code } }, code);
});

t.test('bad input is refused with the field that is wrong, and nothing is opened', async (t) => {
  const good = purchase([await course()]);
  const before = await shop.store.head();
  const { firstName: _, ...nameless } = good['billingData'] as Record<string, unknown>;
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{ userId: undefined }, /userId/],
    [{ courseIds: ['a b'] }, /courseIds/],
    [{ courseIds: Array.from({ length: 51 }, (_, index) => `c${index}`) }, /courseIds/],
    [{ amount: -1 }, /amount/],
    [{ amount: '12.5' }, /amount/],
    [{ currency: 'dollars' }, /currency/],
    [{ paymentMethod: 'gold' }, /paymentMethod/],
    [{ billingData: nameless }, /firstName/],
    [{ billingData: { ...nameless, firstName: 'Sam', email: 'nowhere' } }, /email/],
    [{ billingData: { ...nameless, firstName: 'Sam', more: { deep: 1 } } }, /billingData/],
  ];
  for (const [fields, field] of wrong) {
    t.match(await buy({ ...good, ...fields }), { status: 400, body: { errors: [{ field }] } }, JSON.stringify(fields));
  }
  t.match(await buy({ ...good, courseIds: [] }), { status: 400, body: { code: 'nothing-to-buy' } });
  t.match(await buy({ ...good, courseIds: undefined }), { status: 400, body: { code: 'nothing-to-buy' } });
  t.equal(await shop.store.head(), before);
});

t.test('further billing fields are kept, and who pays can be put right by payer and admin', async (t) => {
  const billingData = { ...(purchase([])['billingData'] as object), vatNumber: 'DE123' };
  const id = await sold({ billingData });
  t.match(await send(sam, 'GET', `/payments/${id}`), { body: { billingData: { city: 'Bonn', vatNumber: 'DE123' } } });
  const changed = { ...billingData, city: 'Köln' };
  t.match(await send(kim, 'PATCH', `/payments/${id}`, { billingData: changed }), { status: 404 });
  t.match(await send(sam, 'PATCH', `/payments/${id}`, { billingData: changed }), { status: 200, body: { billingData: { city: 'Köln' } } });
  t.match(await send(sam, 'GET', `/invoices/${id}`), { body: { billingData: { city: 'Köln' } } }, 'the invoice follows');
});

t.test('cash is pending until an admin records it', async (t) => {
  const id = await sold({ paymentMethod: 'cash' });
  t.match(await send(sam, 'GET', `/payments/${id}`), { body: { status: 'pending', expiresAt: '2026-03-08T12:00:00.000Z' } });
  t.match(await send(sam, 'PATCH', `/payments/${id}`, { status: 'completed' }), { status: 403 });
  t.match(await send(admin, 'PATCH', `/payments/${id}`, { status: 'completed' }), {
    status: 200,
    body: { status: 'completed', invoiceNumber: /^INV-/ },
  });
  t.match(await send(admin, 'PATCH', `/payments/${id}`, { status: 'completed' }), { status: 200 }, 'already so');
});

t.test('what is not captured is cancelled, what is captured is refunded instead', async (t) => {
  const [first, second] = [await sold({ paymentMethod: 'cash' }), await sold({ paymentMethod: 'cash' })];
  t.match(await send(kim, 'DELETE', `/payments/${first}`), { status: 404 });
  t.match(await send(sam, 'DELETE', `/payments/${first}`), { status: 200, body: { id: first, status: 'cancelled' } });
  t.match(await send(sam, 'GET', `/payments/${first}`), { status: 200, body: { status: 'cancelled' } });
  t.match(await send(sam, 'PATCH', `/payments/${second}`, { status: 'cancelled' }), { status: 200, body: { status: 'cancelled' } });
  const captured = await sold();
  t.match(await send(sam, 'DELETE', `/payments/${captured}`), { status: 409, body: { code: 'payment-already-captured' } });
});

t.test('a refund takes part or all of the money back, and with all of it the access', async (t) => {
  const courseId = await course();
  const id = idOf(await buy(purchase([courseId])));
  const refund = (fields: object = {}, account = admin) => send(account, 'PATCH', `/payments/${id}`, { status: 'refunded', ...fields });
  t.match(await refund({}, sam), { status: 403 });
  t.match(await refund({ amount: 12.51 }), { status: 422, body: { code: 'refund-exceeds-captured', details: { left: 12.5 } } });
  t.match(await refund({ amount: 0 }), { status: 400 });
  t.match(await refund({ amount: 5 }), { status: 200, body: { status: 'completed', refundedAmount: 5, refunds: [{ status: 'refunded' }] } });
  t.match(await send(sam, 'GET', `/courses/${courseId}`), { status: 200 });
  t.match(await refund(), { status: 200, body: { status: 'refunded', refundedAmount: 12.5 } });
  t.match(await refund(), { status: 200, body: { refundedAmount: 12.5 } }, 'already so');
  t.match(await buy(purchase([courseId])), { status: 201 }, 'it can be bought again');
});

t.test('pitfall 12: parallel refunds never come to more than was paid', async (t) => {
  const id = await sold();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => send(admin, 'PATCH', `/payments/${id}`, { status: 'refunded', amount: 4 })),
  );
  t.equal(answers.filter(({ status }) => status === 200).length, 3);
  t.match(await send(admin, 'GET', `/payments/${id}`), { body: { status: 'completed', refundedAmount: 12 } });
});

t.test('what can not be changed is refused with the field and the reason', async (t) => {
  const id = await sold();
  const fixed: readonly (readonly [object, string])[] = [
    [{ amount: 1 }, 'amount'],
    [{ currency: 'EUR' }, 'currency'],
    [{ paymentMethod: 'cash' }, 'paymentMethod'],
    [{ userId: kim.id }, 'userId'],
    [{ courseId: 'another' }, 'courseId'],
    [{ courseIds: [] }, 'courseIds'],
    [{ status: 'pending' }, 'status'],
    [{ status: 'failed' }, 'status'],
    [{ status: 'cancelled', billingData: purchase([])['billingData'] }, 'billingData'],
  ];
  for (const [payload, field] of fixed) {
    const answer = await send(admin, 'PATCH', `/payments/${id}`, payload);
    t.match(answer, { status: 422, body: { code: 'payment-field-fixed', errors: [{ field, message: String }] } }, JSON.stringify(payload));
  }
  const same = { amount: 12.5, currency: 'usd', paymentMethod: 'card', userId: sam.id, status: 'completed' };
  t.match(await send(admin, 'PATCH', `/payments/${id}`, same), { status: 200, body: { status: 'completed' } });
});

t.test('payments are for their payer and admins; lists too', async (t) => {
  const id = await sold();
  for (const method of ['GET', 'DELETE'] as const) t.match(await send(null, method, `/payments/${id}`), { status: 401 });
  t.match(await send(null, 'POST', '/payments', purchase([])), { status: 401 });
  t.match(await send(kim, 'GET', `/payments/${id}`), { status: 404 });
  t.match(await send(ada, 'GET', `/payments/${id}`), { status: 404 });
  t.match(await send(admin, 'GET', `/payments/${id}`), { status: 200 });
  const own = purchase([await course()], { userId: kim.id, paymentMethod: 'cash' });
  t.match(await send(kim, 'POST', '/payments', own), { status: 201 });
  t.match(await send(kim, 'GET', `/payments?userId=${sam.id}`), { body: { total: 1, data: [{ userId: kim.id }] } });
  t.match(await send(admin, 'GET', `/payments?userId=${kim.id}&status=pending`), { body: { total: 1, data: [{ userId: kim.id }] } });
  const all = await send(admin, 'GET', '/payments?limit=1');
  t.ok(Number(all.body['total']) > 1 && (all.body['data'] as readonly unknown[]).length === 1);
  t.match(await send(admin, 'GET', '/payments?status=lost'), { status: 400 });
});

t.test('pitfall 1: parallel purchases with one coupon: exactly as many as it has uses get it', async (t) => {
  const couponId = await coupon({ code: 'RARE', maxUses: 3 });
  const courses = await Promise.all(Array.from({ length: 12 }, () => course()));
  const answers = await Promise.all(
    courses.map((courseId) => buy(purchase([courseId], { amount: 10, discountCode: 'RARE', paymentMethod: 'cash' }))),
  );
  const winners = answers.filter(({ status }) => status === 201);
  t.equal(winners.length, 3);
  t.ok(answers.every(({ status, body }) => status === 201 || (status === 409 && body['code'] === 'coupon-exhausted')));
  t.match(await send(admin, 'GET', `/discounts/${couponId}`), { body: { reservedCount: 3, usedCount: 0 } });
  await Promise.all(winners.map((winner) => send(sam, 'DELETE', `/payments/${idOf(winner)}`)));
  await shop.settled();
  t.match(await send(admin, 'GET', `/discounts/${couponId}`), { body: { reservedCount: 0, usedCount: 0 } }, 'cancelled ones give it back');
});

t.test('pitfall 17: a double click opens one payment, and the other answer names it', async (t) => {
  const payload = purchase([await course()], { paymentMethod: 'cash' });
  const answers = await Promise.all([buy(payload), buy(payload), buy(payload)]);
  const won = answers.find(({ status }) => status === 201);
  const lost = answers.filter(({ status }) => status === 409);
  t.equal(lost.length, 2);
  t.ok(won !== undefined && lost.every(({ body }) => (body['details'] as { paymentId: string }).paymentId === idOf(won)));
});

t.test('pitfall 17: the same Idempotency-Key is the same payment', async (t) => {
  const payload = purchase([await course()]);
  const headers = { 'idempotency-key': 'one-purchase' };
  const first = await buy(payload, headers);
  const again = await buy(payload, headers);
  t.same(again, first);
  t.match(await buy({ ...payload, amount: 1 }, headers), { status: 422, body: { code: 'idempotency-key-reused' } });
});
