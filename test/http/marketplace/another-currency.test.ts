import t from 'tap';
import { billingData } from '../../fixtures/invoices.js';
import { openShop } from '../../fixtures/shop.js';

/** A shop that sold in US dollars and whose default currency is another one today. */
let today = 'USD';
const shop = await openShop({
  services: ({ commands, ...services }) => {
    const { settings } = commands;
    return { ...services, commands: { ...commands, settings: { ...settings, get currency() { return today; } } } };
  },
});
const { admin, ada, sam, send } = shop;
t.teardown(() => shop.close());
const courseId = await shop.course(12.5);
const percentId = await shop.coupon({ code: 'PERCENT' });
const fixedId = await shop.coupon({ code: 'FIXED', value: 2.5, valueType: 'fixed' });
const bought = await send(shop.kim, 'POST', '/payments', shop.purchase([courseId], { userId: shop.kim.id, paymentMethod: 'cash' }));
const paymentId = String(bought.body['id']);
today = 'JPY';

t.test('issue 9.17: the price of a course is judged in its own currency', async (t) => {
  const reprice = (price: number) => send(ada, 'PATCH', `/courses/${courseId}`, { price });
  t.match(await reprice(9.99), { status: 200, body: { price: 9.99, currency: 'USD' } });
  for (const price of [9.999, 1e-7]) {
    t.match(await reprice(price), { status: 400, body: { errors: [{ field: 'price', message: 'must have at most 2 decimal places (USD)' }] } }, String(price));
  }
  t.match(await reprice(12.5), { status: 200, body: { price: 12.5, currency: 'USD' } });
  const fields = { title: 'Canons', description: 'How to', level: 'advanced', category: 'music' };
  t.match(await send(ada, 'POST', '/courses', { ...fields, price: 9.99 }), { status: 400, body: { errors: [{ field: 'price', message: /JPY/u }] } });
  t.match(await send(ada, 'POST', '/courses', { ...fields, price: 900 }), { status: 201, body: { price: 900, currency: 'JPY' } });
});

t.test('issue 9.17: a fixed discount stays in its currency, whatever else is changed', async (t) => {
  const change = (id: string, fields: object) => send(admin, 'PATCH', `/discounts/${id}`, fields);
  t.match(await change(fixedId, { maxUses: 5 }), { status: 200, body: { value: 2.5, currency: 'USD', maxUses: 5 } });
  t.match(await change(fixedId, { value: 3.75, valueType: 'fixed', type: 'platform_wide' }), { status: 200, body: { value: 3.75, currency: 'USD' } });
  t.match(await change(fixedId, { value: 3.755 }), { status: 400, body: { errors: [{ field: 'value' }] } });
  t.match(await change(percentId, { valueType: 'fixed', value: 300 }), { status: 200, body: { value: 300, currency: 'JPY' } });
  t.match(await change(percentId, { type: 'course_specific', courseId }), { status: 422, body: { code: 'currency-mismatch' } });
  t.match(await change(percentId, { type: 'course_specific', courseId, value: 1.25 }), { status: 200, body: { value: 1.25, currency: 'USD' } });
});

t.test('issue 9.17: purchase, invoice and refund are in the currency of the course', async (t) => {
  const buy = (fields: object) => send(sam, 'POST', '/payments', shop.purchase([courseId], fields));
  t.match(await buy({ currency: 'JPY', amount: 13 }), { status: 422, body: { code: 'currency-mismatch' } });
  t.match(await buy({ amount: 8.75, discountCode: 'FIXED' }), { status: 201, body: { amount: 8.75, discount: 3.75, currency: 'USD' } });
  const items = [{ courseId, courseName: 'Fugues', price: 12.5, quantity: 1 }];
  const invoice = { paymentId, userId: shop.kim.id, courseIds: [courseId], amount: 12.5, paymentMethod: 'cash', billingData, items };
  t.match(await send(admin, 'POST', '/invoices', { ...invoice, currency: 'JPY' }), { status: 422, body: { code: 'currency-mismatch' } });
  t.match(await send(admin, 'POST', '/invoices', { ...invoice, currency: 'USD' }), { status: 201, body: { amount: 12.5, currency: 'USD' } });
  const pay = (fields: object) => send(admin, 'PATCH', `/payments/${paymentId}`, fields);
  t.match(await pay({ status: 'completed' }), { status: 200 });
  t.match(await pay({ status: 'refunded', amount: 0.5 }), { status: 200, body: { refundedAmount: 0.5, currency: 'USD' } });
});
