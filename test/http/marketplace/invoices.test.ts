import t from 'tap';
import { billingData } from '../../fixtures/invoices.js';
import { openShop, type Answer } from '../../fixtures/shop.js';

const shop = await openShop();
const { admin, ada, sam, kim, send, course, coupon, purchase } = shop;
t.teardown(() => shop.close());

const paid = async (fields: object = {}, courseId?: string): Promise<string> => {
  const answer = await send(sam, 'POST', '/payments', purchase([courseId ?? (await course())], fields));
  if (answer.status !== 201) throw new Error(JSON.stringify(answer));
  return String(answer.body['id']);
};
const idOf = ({ body }: Answer) => String(body['id']);

/** A pending cash payment, and the invoice that an admin would write for it. */
const toInvoice = async () => {
  const courseId = await course();
  const paymentId = await paid({ paymentMethod: 'cash' }, courseId);
  const item = { courseId, courseName: 'Fugues', price: 15, quantity: 1 };
  const body = { paymentId, userId: sam.id, courseIds: [courseId], amount: 12.5, currency: 'usd', paymentMethod: 'cash', billingData, items: [item] };
  return { courseId, paymentId, item, body };
};

await coupon();

t.test('a purchase has an invoice that says what was paid', async (t) => {
  const courseId = await course();
  const paymentId = await paid({ amount: 10, discountCode: 'SPRING' }, courseId);
  const { status, body } = await send(sam, 'GET', `/invoices/${paymentId}`);
  t.equal(status, 200);
  t.match(body, {
    invoiceNumber: /^INV-2026-\d{6}$/,
    paymentId,
    userId: sam.id,
    courseIds: [courseId],
    items: [{ courseId, courseName: 'Fugues', price: 12.5, quantity: 1, discount: 2.5, total: 10 }],
    amount: 10,
    subtotal: 12.5,
    discount: 2.5,
    currency: 'USD',
    paymentMethod: 'card',
    billingData: { firstName: 'Sam', city: 'Bonn' },
    status: 'issued',
    kind: 'invoice',
    correctsInvoiceId: null,
    issuedAt: '2026-03-01T12:00:00.000Z',
  });
  t.match(await send(sam, 'GET', `/invoices/number/${String(body['invoiceNumber'])}`), { status: 200, body });
});

t.test('an invoice is for its owner and admins; lists too', async (t) => {
  const id = await paid();
  const { body } = await send(admin, 'GET', `/invoices/${id}`);
  for (const url of [`/invoices/${id}`, `/invoices/number/${String(body['invoiceNumber'])}`]) {
    t.match(await send(null, 'GET', url), { status: 401 });
    t.match(await send(kim, 'GET', url), { status: 404 });
    t.match(await send(ada, 'GET', url), { status: 404 });
    t.match(await send(admin, 'GET', url), { status: 200 });
  }
  t.match(await send(kim, 'GET', `/invoices/${id}/pdf`), { status: 404 });
  t.match(await send(sam, 'GET', '/invoices/unknown'), { status: 404 });
  t.match(await send(sam, 'GET', '/invoices/number/INV-1900-000001'), { status: 404 });
  t.match(await send(kim, 'GET', `/invoices?userId=${sam.id}`), { status: 200, body: { total: 0, data: [] } });
  const own = await send(sam, 'GET', '/invoices?limit=1');
  t.ok(Number(own.body['total']) >= 2);
  t.match(await send(admin, 'GET', `/invoices?userId=${sam.id}`), { body: { total: own.body['total'] } });
});

t.test('an admin makes an invoice by hand, and it is numbered', async (t) => {
  const { paymentId, body } = await toInvoice();
  t.match(await send(sam, 'POST', '/invoices', body), { status: 403 });
  const made = await send(admin, 'POST', '/invoices', body);
  t.match(made, {
    status: 201,
    body: { paymentId, invoiceNumber: /^INV-2026-/, status: 'issued', amount: 12.5, subtotal: 15, discount: 2.5, currency: 'USD', billingData },
  });
  t.match(await send(sam, 'GET', `/payments/${paymentId}`), { body: { invoiceNumber: made.body['invoiceNumber'] } });
  t.match(await send(admin, 'POST', '/invoices', { ...body, paymentMethod: 'transfer' }), { status: 409, body: { code: 'payment-already-invoiced' } });
  t.match(await send(admin, 'PATCH', `/payments/${paymentId}`, { status: 'completed' }), {
    body: { status: 'completed', invoiceNumber: made.body['invoiceNumber'] },
  });
});

t.test('what an invoice by hand says has to be right, field by field', async (t) => {
  const { item, body } = await toInvoice();
  const before = await shop.store.head();
  const wrong: readonly (readonly [object, number, object])[] = [
    [{ paymentId: 'unknown' }, 404, { code: 'payment-not-opened' }],
    [{ userId: kim.id }, 422, { code: 'invoice-inconsistent' }],
    [{ amount: 12 }, 422, { code: 'amount-mismatch', details: { amount: 12.5 } }],
    [{ amount: 16 }, 422, { code: 'invoice-inconsistent' }],
    [{ currency: 'EUR' }, 422, { code: 'currency-mismatch' }],
    [{ courseIds: ['another'] }, 400, { errors: [{ field: 'courseIds' }] }],
    [{ items: [] }, 400, { errors: [{ field: 'items' }] }],
    [{ items: [{ ...item, price: 12.505 }] }, 422, { code: 'invoice-inconsistent' }],
    [{ items: [{ ...item, quantity: 0 }] }, 400, { errors: [{ field: /quantity/ }] }],
    [{ billingData: { ...billingData, email: 'nowhere' } }, 400, { errors: [{ field: /email/ }] }],
    [{ billingData: { firstName: 'Sam' } }, 400, { errors: [{ field: /lastName/ }] }],
  ];
  for (const [fields, status, expected] of wrong) {
    t.match(await send(admin, 'POST', '/invoices', { ...body, ...fields }), { status, body: expected }, JSON.stringify(fields));
  }
  t.equal(await shop.store.head(), before);
});

t.test('made from a payment, an invoice keeps its amount; who pays can be put right', async (t) => {
  const id = await paid();
  const patch = (account: typeof sam, payload: object) => send(account, 'PATCH', `/invoices/${id}`, payload);
  t.match(await patch(admin, { amount: 1 }), { status: 422, body: { code: 'invoice-amount-fixed' } });
  const { body } = await send(admin, 'GET', `/invoices/${id}`);
  const [{ discount: _, total: __, ...item }] = body['items'] as [Record<string, unknown>];
  t.match(await patch(admin, { items: [{ ...item, price: 1 }] }), { status: 422, body: { code: 'invoice-amount-fixed' } });
  t.match(await patch(sam, { amount: 1 }), { status: 403 });
  for (const [field, value] of [['paymentId', 'p'], ['userId', 'u'], ['currency', 'EUR'], ['courseIds', ['c']]] as const) {
    t.match(await patch(admin, { [field]: value }), { status: 422, body: { code: 'invoice-field-fixed', errors: [{ field }] } });
  }
  t.match(await patch(sam, { billingData: { city: 'Köln' } }), { status: 400 });
  t.match(await patch(kim, { billingData }), { status: 404 });
  t.match(await patch(sam, { amount: 12.5, items: [item], billingData: { ...billingData, city: 'Köln' } }), {
    status: 200,
    body: { amount: 12.5, billingData: { city: 'Köln' } },
  });
});

t.test('made by hand, an invoice is corrected as long as it says what its payment says', async (t) => {
  const { item, body } = await toInvoice();
  const id = idOf(await send(admin, 'POST', '/invoices', body));
  const patch = (payload: object) => send(admin, 'PATCH', `/invoices/${id}`, payload);
  t.match(await patch({ items: [{ ...item, price: 20 }] }), { status: 200, body: { subtotal: 20, discount: 7.5, amount: 12.5 } });
  t.match(await patch({ amount: 10 }), { status: 422, body: { code: 'amount-mismatch' } });
});

t.test('a voided invoice stays in the books, and may be replaced', async (t) => {
  const { body } = await toInvoice();
  const id = idOf(await send(admin, 'POST', '/invoices', body));
  t.match(await send(sam, 'DELETE', `/invoices/${id}`), { status: 403 });
  t.match(await send(admin, 'DELETE', `/invoices/${id}`), { status: 200, body: { id, status: 'void', invoiceNumber: String } });
  t.match(await send(sam, 'GET', `/invoices/${id}`), { status: 200, body: { status: 'void' } });
  t.match(await send(admin, 'DELETE', '/invoices/unknown'), { status: 404 });
  t.match(await send(admin, 'PATCH', `/invoices/${id}`, { billingData }), { status: 409, body: { code: 'invoice-void' } });
  const replaced = await send(admin, 'POST', '/invoices', body);
  t.match(replaced, { status: 201, body: { status: 'issued' } });
  t.not(idOf(replaced), id);
});

t.test('a refund has a credit note that names the invoice', async (t) => {
  const id = await paid();
  const refunded = await send(admin, 'PATCH', `/payments/${id}`, { status: 'refunded', amount: 5 });
  const [{ id: refundId }] = refunded.body['refunds'] as [{ id: string }];
  await shop.settled();
  t.match(await send(sam, 'GET', `/invoices/${refundId}`), {
    status: 200,
    body: { kind: 'credit-note', correctsInvoiceId: id, amount: 5, invoiceNumber: /^CN-2026-/, status: 'issued' },
  });
});

t.test('an invoice is printed as PDF, once for what it says', async (t) => {
  const id = await paid();
  const { body } = await send(sam, 'GET', `/invoices/${id}`);
  const print = () => shop.inject({ method: 'GET', url: `/invoices/${id}/pdf`, headers: sam.headers });
  const first = await print();
  t.equal(first.statusCode, 200);
  t.equal(first.headers['content-type'], 'application/pdf');
  t.equal(first.headers['content-disposition'], `attachment; filename="${String(body['invoiceNumber'])}.pdf"`);
  t.equal(first.rawPayload.subarray(0, 5).toString(), '%PDF-');
  t.ok(first.rawPayload.equals((await print()).rawPayload));
  await send(sam, 'PATCH', `/invoices/${id}`, { billingData: { ...billingData, city: 'Köln' } });
  t.notOk(first.rawPayload.equals((await print()).rawPayload), 'another address is another file');
});
