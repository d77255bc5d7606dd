import t from 'tap';
import { createAcademyApp } from './academy-app.js';
import { createSales, NOBODY } from './sales.js';

const app = await createSales();
t.teardown(() => app.close());
const { send, must, pay, payForGroup, approve, boss, html, css, react, vue, entry, bundle } = app;
const refused = (message: string) => ({ status: 'error', message });
const student = await app.umum();

const none = { total: 0, entryIntermediateCount: 0, bundleCount: 0 };
const totals = async () => {
  const { list, body } = await must(boss, 'GET', '/payments/all-stats');
  return { of: (id: string) => list.find((each) => each['id'] === id), meta: body['meta'], list };
};

t.test('a course that nobody has yet (section 4)', async (t) => {
  const answer = await send(student, 'GET', `/payments/${react}/stats`);
  t.same([answer.status, answer.body], [200, {
    status: 'success',
    message: 'Success',
    data: {
      course: { id: react, title: 'React in depth', level: 'INTERMEDIATE' },
      quota: { total: 45, entryIntermediateQuota: 15, bundleQuota: 30 },
      enrollments: none,
      available: { entryIntermediateAvailable: 15, bundleAvailable: 30, totalAvailable: 45 },
      percentageFilled: 0,
    },
  }]);
});

t.test('payments that wait are pending and take no seat; those approved do; deleted ones are none (section 4)', async (t) => {
  const [one, two, three, four] = [await app.umum(), await app.dike(), await app.umum(), await app.umum()];
  const single = await pay(one, 'UMUM', entry, html);
  const both = await pay(two, 'DIKE', bundle);
  const group = await payForGroup([three, react], [[four, react]]);
  const waiting = await totals();
  t.same(waiting.meta, { paymentCounts: { total: 5, approved: 0, pending: 5 } });
  t.same(waiting.of(html), {
    id: html, title: 'HTML basics', level: 'ENTRY', quota: { total: 45, entryQuota: 15, bundleQuota: 30 },
    enrollment: none,
    pendingPayment: { total: 2, entryIntermediateCount: 1, bundleCount: 1 },
    totalPayment: { total: 2, entryIntermediateCount: 1, bundleCount: 1 },
    remaining: { entryIntermediate: 15, bundle: 30 },
  });
  t.match(waiting.of(react), { pendingPayment: { total: 3, entryIntermediateCount: 2, bundleCount: 1 } });
  t.match(waiting.of(vue), { pendingPayment: none });

  await approve(single);
  await approve(both);
  const approved = await totals();
  t.same(approved.meta, { paymentCounts: { total: 5, approved: 3, pending: 2 } });
  t.match(approved.of(html), {
    enrollment: { total: 2, entryIntermediateCount: 1, bundleCount: 1 }, pendingPayment: none, totalPayment: { total: 2 }, remaining: { entryIntermediate: 14, bundle: 29 },
  });
  t.match(approved.of(react), { enrollment: { total: 1, bundleCount: 1 }, pendingPayment: { total: 2, entryIntermediateCount: 2, bundleCount: 0 }, remaining: { entryIntermediate: 15, bundle: 29 } });
  t.match((await must(student, 'GET', `/payments/${html}/stats`)).data, {
    enrollments: { total: 2, entryIntermediateCount: 1, bundleCount: 1 },
    available: { entryIntermediateAvailable: 14, bundleAvailable: 29, totalAvailable: 43 },
    percentageFilled: 4,
  });

  await must(boss, 'DELETE', `/payments/${group}`);
  const left = await totals();
  t.same(left.meta, { paymentCounts: { total: 3, approved: 3, pending: 0 } });
  t.match(left.of(react), { pendingPayment: none, totalPayment: { total: 1 } });
  t.match(left.of(css), { enrollment: none, pendingPayment: none, totalPayment: none });
});

t.test('no seat less than none is available, and a full course is full', async (t) => {
  const small = await createSales({ seats: { ENTRY: 1, BUNDLE: 0 } });
  t.teardown(() => small.close());
  await small.approve(await small.pay(await small.umum(), 'UMUM', small.entry, small.html));
  t.match((await small.must(small.boss, 'GET', `/payments/${small.html}/stats`)).data, {
    quota: { total: 1 }, available: { entryIntermediateAvailable: 0, bundleAvailable: 0, totalAvailable: 0 }, percentageFilled: 100,
  });
});

t.test('one item for each course that there is (section 4)', async (t) => {
  const gone = await app.course('ENTRY', 'Soon gone');
  t.equal((await totals()).list.length, 5);
  await must(boss, 'DELETE', `/courses/admin/${gone}`);
  const answer = await send(boss, 'GET', '/payments/all-stats');
  t.same([answer.status, answer.message, answer.list.length], [200, 'Data jumlah pendaftaran semua kursus berhasil didapatkan', 4]);
  t.same(Object.keys(answer.body).toSorted(), ['data', 'message', 'meta', 'status']);
  const page = await send(app.service(), 'GET', '/payments/all-stats?limit=3&page=2');
  t.same([page.list.length, page.raw.headers['x-total-count']], [1, '4']);
  for (const id of [gone, NOBODY]) {
    const missing = await send(boss, 'GET', `/payments/${id}/stats`);
    t.same([missing.status, missing.body], [404, refused('Course not found')]);
  }
});

t.test('an academy without courses', async (t) => {
  const empty = await createAcademyApp();
  t.teardown(() => empty.close());
  const answer = await empty.send(await empty.admin(), 'GET', '/payments/all-stats');
  t.same([answer.status, answer.body], [400, refused('Tidak dapat mendapatkan daftar kursus')]);
});

t.test('who may see what', async (t) => {
  const guest = await app.guest();
  const statusOf = async (caller: Parameters<typeof send>[0], path: string) => (await send(caller, 'GET', path)).status;
  const callers = [null, student, await app.dike(), guest, boss, app.service()];
  t.same(await Promise.all(callers.map((caller) => statusOf(caller, `/payments/${vue}/stats`))), [401, 200, 200, 403, 200, 200]);
  t.same(await Promise.all(callers.map((caller) => statusOf(caller, '/payments/all-stats'))), [401, 403, 403, 403, 200, 200]);
  t.same((await send(student, 'GET', '/payments/all-stats')).body, refused('Access denied. Insufficient privileges.'));
});
