import t from 'tap';
import { approvePackagePayment } from '../../../src/commands/packages/change-package-payment.js';
import { contextFor } from '../../fixtures/command-services.js';
import { createSales, NOBODY, PROOF } from './sales.js';

const app = await createSales();
t.teardown(() => app.close());
const { send, must, pay, payForGroup, approve, boss, html, react, vue, entry, intermediate, bundle } = app;
const refused = (message: string) => ({ status: 'error', message });
const IS_GROUP = 'Ini adalah group payment. Gunakan endpoint /group-payments/:id/approve untuk approve group payment.';

t.test('an admin approves a payment, and the student is enrolled (section 4)', async (t) => {
  const student = await app.umum('Siti Rahma');
  const id = await pay(student, 'UMUM', entry, html);
  app.clock.advance(1_000);
  const answer = await send(boss, 'PATCH', `/payments/${id}/approve`);
  t.same([answer.status, answer.message], [200, 'Payment approved successfully']);
  t.match(answer.data, {
    id, status: 'APPROVED', enrollmentStatus: true, courseId: html, courseName: 'HTML basics', packageName: 'Paket Entry', packageType: 'ENTRY', price: 49_000,
    user: { id: student.id, name: 'Siti Rahma' },
  });
  t.ok(String(answer.data['updatedAt']) > String(answer.data['createdAt']));
  const again = await send(boss, 'PATCH', `/payments/${id}/approve`);
  t.same([again.status, again.body], [400, refused('Payment is already approved')]);
  t.match((await must(boss, 'GET', `/payments/${html}/stats`)).data, { enrollments: { entryIntermediateCount: 1 } });
});

t.test('a bundle is approved for all of its courses', async (t) => {
  const id = await pay(await app.dike(), 'DIKE', bundle);
  const { data } = await must(boss, 'PATCH', `/payments/${id}/approve`);
  t.match(data, { enrollmentStatus: true, bundleCourses: [{ id: html }, { id: react }], packageName: 'Paket Web', price: 130_000 });
});

t.test('twenty approvals at once are one', async (t) => {
  const id = await pay(await app.umum(), 'UMUM', entry, html);
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(boss, 'PATCH', `/payments/${id}/approve`)));
  t.same(answers.map(({ status }) => status).toSorted(), [200, ...Array<number>(19).fill(400)]);
  t.same(new Set(answers.filter(({ status }) => status === 400).map(({ message }) => message)), new Set(['Payment is already approved']));
});

t.test('what can not be approved', async (t) => {
  const missing = await send(boss, 'PATCH', `/payments/${NOBODY}/approve`);
  t.same([missing.status, missing.body], [404, refused('Payment not found')]);
  const [siti, budi] = [await app.umum(), await app.umum()];
  const id = await payForGroup([siti, react], [[budi, vue]]);
  const group = await send(boss, 'PATCH', `/payments/${id}/approve`);
  t.same([group.status, group.body], [400, refused(IS_GROUP)]);
  t.match((await must(siti, 'GET', `/payments/${id}`)).data, { status: 'PAID' });
});

t.test('who is enrolled in the course already is not enrolled twice, and the payment waits', async (t) => {
  const [siti, budi] = [await app.umum(), await app.umum()];
  const paymentId = await payForGroup([siti, react], [[budi, vue]]);
  const own = await pay(budi, 'UMUM', intermediate, vue);
  t.ok((await approvePackagePayment(app.services.commands)({ payerId: siti.id, paymentId, isGroup: true }, contextFor())).ok);
  const answer = await send(boss, 'PATCH', `/payments/${own}/approve`);
  t.same([answer.status, answer.body], [400, refused('Payment could not be approved: the student is already enrolled in "Vue in depth"')]);
  t.match((await must(budi, 'GET', `/payments/${own}`)).data, { status: 'PAID' });
});

t.test('two payments for the last seat: one is approved, the other waits (departure: the document overbooks)', async (t) => {
  const small = await createSales({ seats: { ENTRY: 1, BUNDLE: 0 } });
  t.teardown(() => small.close());
  const ids = [await small.pay(await small.umum(), 'UMUM', small.entry, small.html), await small.pay(await small.umum(), 'UMUM', small.entry, small.html)];
  const answers = await Promise.all(ids.map((id) => small.send(small.boss, 'PATCH', `/payments/${id}/approve`)));
  t.same(answers.map(({ status }) => status).toSorted(), [200, 400]);
  t.same(answers.find(({ status }) => status === 400)?.body, refused('Kuota kelas entry untuk "HTML basics" sudah penuh (1/1)'));
  const waiting = ids[answers.findIndex(({ status }) => status === 400)] ?? '';
  t.match((await small.must(small.boss, 'GET', `/payments/${waiting}`)).data, { status: 'PAID', enrollmentStatus: false });
  t.equal((await small.send(small.boss, 'DELETE', `/payments/${waiting}`)).status, 200);
});

t.test('an admin deletes a payment that is not approved, also that of a group (section 4)', async (t) => {
  const [siti, budi] = [await app.umum(), await app.umum()];
  const ids = [await pay(siti, 'UMUM', entry, html), await payForGroup([siti, react], [[budi, vue]])];
  for (const id of ids) {
    const answer = await send(boss, 'DELETE', `/payments/${id}`);
    t.same([answer.status, answer.body], [200, { status: 'success', message: 'Payment deleted successfully' }]);
    t.equal((await send(boss, 'GET', `/payments/${id}`)).status, 404);
    const again = await send(boss, 'DELETE', `/payments/${id}`);
    t.same([again.status, again.body], [400, refused('Payment not found')]);
  }
  t.equal((await send(siti, 'POST', '/payments', { packageId: bundle, type: 'UMUM', proofLink: PROOF })).status, 201, 'nothing is in the way any more');
});

t.test('an approved payment is not deleted', async (t) => {
  const student = await app.umum();
  const id = await pay(student, 'UMUM', entry, html);
  await approve(id);
  const answer = await send(boss, 'DELETE', `/payments/${id}`);
  t.same([answer.status, answer.body], [400, refused('Payment is approved and has enrollments: it can not be deleted')]);
  t.equal((await send(student, 'GET', `/payments/${id}`)).status, 200);
});

t.test('admins and services decide, nobody else', async (t) => {
  const student = await app.umum();
  const [one, two] = [await pay(student, 'UMUM', entry, html), await pay(student, 'UMUM', intermediate, vue)];
  for (const [method, path] of [['PATCH', `/payments/${one}/approve`], ['DELETE', `/payments/${two}`]] as const) {
    t.equal((await send(null, method, path)).status, 401);
    for (const caller of [student, await app.dike(), await app.guest()]) {
      const answer = await send(caller, method, path);
      t.same([answer.status, answer.body], [403, refused('Access denied. Insufficient privileges.')]);
    }
    t.equal((await send(app.service(), method, path)).status, 200);
  }
});
