import t from 'tap';
import { Books } from './books.js';
import { call, eventually, type Json } from './client.js';
import { Customers } from './customers.js';
import { Deployment } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { PayersBank } from './payers-bank.js';
import { Shop } from './shop.js';

t.setTimeout(300_000);

const typesOf = (answer: Json): readonly unknown[] =>
  Array.isArray(answer['events']) ? answer['events'].map(({ type }: { type: string }) => type) : [];

t.test('one purchase, from sign-up to invoice and mail, with every role in a process of its own', async (t) => {
  const deployment = await Deployment.start(t);
  const books = await Books.open(t, deployment);
  const customers = new Customers(await Shop.open(deployment.urls), new PayersBank(deployment.provider));
  const { shop } = customers;
  const [first = '', second = ''] = deployment.urls;

  for (const url of deployment.urls) {
    const { status, body } = await call(url, { method: 'GET', path: '/health' });
    t.equal(status, 200);
    t.match(body, { status: 'ok', parts: { eventStore: { status: 'up' }, readModels: { status: 'up' }, mailer: { status: 'up' }, bus: { status: 'up' }, projector: { status: 'up' } } });
  }

  const student = await shop.signUp('sam', 'student');
  const { token } = student;
  const [courseId = '', otherCourse = ''] = shop.courses;

  await t.test('what was written through one HTTP process is read through the other', async (t) => {
    for (let round = 0; round < 10; round += 1) {
      const added = await call(first, { method: 'POST', path: '/cart/items', token, body: { courseId: otherCourse } });
      t.equal(added.status, 201);
      const headers = { 'x-min-position': added.headers.get('x-position') ?? '' };
      t.match(await call(second, { method: 'GET', path: '/cart', token, headers }), { status: 200, body: { itemCount: 1 } });
      const removed = await call(second, { method: 'DELETE', path: `/cart/items/${otherCourse}`, token });
      t.match(
        await call(first, { method: 'GET', path: '/cart', token, headers: { 'x-min-position': removed.headers.get('x-position') ?? '' } }),
        { status: 200, body: { itemCount: 0 } },
      );
    }
  });

  const { paymentId } = await customers.buy(student, courseId, shop.half, 'card');
  const isFirst = books.before.length === 0;
  t.match(await call(second, { method: 'GET', path: `/invoices/${paymentId}`, token }), {
    status: 200, body: { amount: 20, discount: 20, paymentId, invoiceNumber: isFirst ? `INV-${new Date().getUTCFullYear()}-000001` : /^INV-/ },
  });
  t.equal((await call(first, { method: 'GET', path: `/invoices/${paymentId}/pdf`, token })).headers.get('content-type'), 'application/pdf');
  t.match(await call(second, { method: 'GET', path: '/courses/user/purchased', token }), { body: { data: [{ id: courseId }] } });
  const audit = await call(first, { method: 'GET', path: `/audit/streams/payment-${paymentId}`, token: (await shop.admin()).token });
  t.same(typesOf(audit.body).filter((type) => type !== 'PaymentNoticeReceived'), ['PaymentOpened', 'PaymentCaptureRequested', 'PaymentCaptured']);

  await eventually('a code for each of three, a receipt', async () => deployment.servers.mail.arrivals().size === 4 || undefined);
  await Promise.all(['kim', 'lee', 'max'].map((name) => customers.visit(name)));
  await checkInvariants(t, deployment, books, customers);

  const ends = deployment.instances.map(async ({ child }) => [child.name, await child.end('SIGTERM')]);
  t.same(await Promise.all(ends), deployment.instances.map(({ child }) => [child.name, 0]), 'SIGTERM ends each in order');
});
