import t from 'tap';
import type { KeptDocuments } from '../../../src/ports/read-models.js';
import { createAcademyApp } from './academy-app.js';
import { createSales, NOBODY } from './sales.js';

const app = await createSales();
t.teardown(() => app.close());
const { send, must, pay, payForGroup, approve, boss, html, react, vue, entry } = app;
const refused = (message: string) => ({ status: 'error', message });
const FORBIDDEN = refused('Access denied. Insufficient privileges.');
const student = await app.umum();

t.test('health: any token, and no envelope (section 4)', async (t) => {
  for (const caller of [student, await app.guest(), boss, app.service()]) {
    const answer = await send(caller, 'GET', '/payments/health');
    t.same([answer.status, answer.body], [200, { status: 'OK', service: 'payment-service', timestamp: app.clock.now().toISOString() }]);
  }
  t.equal((await send(null, 'GET', '/payments/health')).status, 401);
});

t.test('statistics of caches: what this process read, until they are set to zero (section 4)', async (t) => {
  const stats = async (query = '') => (await must(boss, 'GET', `/payments/cache-stats${query}`)).body;
  const zero = { hits: 0, misses: 0, errors: 0, apiCalls: 0 };
  const reset = await stats('?reset=true');
  t.match(reset, { status: 'success', message: 'Cache statistics reset', data: { totalRequests: 0, rateLimitEvents: 0, package: zero, courses: zero, enrollment: zero } });
  t.match(reset, { data: { hitRatePercentage: { package: 0, courses: 0, enrollment: 0 } } });
  app.clock.advance(90_000);
  await must(student, 'GET', `/payments/${html}/stats`);
  const { message, data } = await stats();
  t.equal(message, 'Cache statistics');
  // Read models of tests keep nothing, as where others write them, too.
  t.match(data, { totalRequests: 2, rateLimitEvents: 0, package: zero, courses: { hits: 0, misses: 1, apiCalls: 1 }, enrollment: { misses: 1 } });
  t.ok(Number((data as { readonly uptime: number }).uptime) >= 90);
});

t.test('a part of what is read comes from memory', async (t) => {
  const counts = { hits: 7, misses: 1, errors: 2, calls: 1 };
  const kept: KeptDocuments = { reads: ([name]) => (name === 'packages' ? counts : { ...counts, hits: 1, misses: 2 }), resetReads: () => undefined, forget: () => undefined };
  const other = await createAcademyApp({ services: (services) => ({ ...services, kept }) });
  t.teardown(() => other.close());
  const { data } = await other.must(await other.admin(), 'GET', '/payments/cache-stats');
  t.match(data, { package: { hits: 7, misses: 1, errors: 2, apiCalls: 1 }, hitRatePercentage: { package: 88, courses: 33, enrollment: 33 } });
});

t.test('enrollments are read from the store the next time (section 4)', async (t) => {
  const forgotten: string[] = [];
  const watched = await createAcademyApp({
    services: (services) => ({
      ...services,
      kept: { ...services.kept, forget: ({ name }) => void forgotten.push(name) },
    }),
  });
  t.teardown(() => watched.close());
  const admin = await watched.admin();
  const all = await watched.send(admin, 'POST', '/payments/invalidate-cache');
  t.same([all.status, all.body], [200, { status: 'success', message: 'All enrollment caches have been invalidated' }]);
  const one = await watched.send(admin, 'POST', '/payments/invalidate-cache', { courseId: NOBODY });
  t.same([one.status, one.body], [200, { status: 'success', message: `Enrollment cache for course ${NOBODY} has been invalidated` }]);
  t.same(forgotten, ['academy-enrollments', 'academy-seats', 'academy-enrollments', 'academy-seats']);
  const wrong = await watched.send(admin, 'POST', '/payments/invalidate-cache', { courseId: 'no-uuid' });
  t.match([wrong.status, wrong.body], [400, { message: 'Validation failed', details: [{ field: 'courseId' }] }]);
});

t.test('services count the enrollments of a course again; admins may not (section 4)', async (t) => {
  const [one, two, three] = [await app.umum(), await app.umum(), await app.umum()];
  const first = await pay(one, 'UMUM', entry, html);
  await approve(first);
  const group = await payForGroup([two, react], [[three, vue]]);
  const of = (courseId: string) => send(app.service(), 'GET', `/payments/${courseId}/debug-enrollment`);
  t.match((await of(html)).body, {
    success: true,
    data: { courseId: html, enrollmentCount: { total: 1, entryIntermediateCount: 1, bundleCount: 0 }, allPayments: [{ id: first, isGroup: false, participants: 1, groupStatus: null }], totalPayments: 1 },
  });
  t.match((await of(vue)).body, { data: { enrollmentCount: { total: 0 }, allPayments: [{ id: group, isGroup: true, participants: 2, groupStatus: 'PENDING' }] } });
  t.same((await of(NOBODY)).body, {
    success: true,
    data: { courseId: NOBODY, enrollmentCount: { total: 0, entryIntermediateCount: 0, bundleCount: 0 }, allPayments: [], totalPayments: 0 },
  });
  for (const caller of [boss, student]) {
    const answer = await send(caller, 'GET', `/payments/${html}/debug-enrollment`);
    t.same([answer.status, answer.body], [403, FORBIDDEN]);
  }
  t.equal((await send(null, 'GET', `/payments/${html}/debug-enrollment`)).status, 401);
});

t.test('caches are for admins and services', async (t) => {
  for (const [method, path] of [['GET', '/payments/cache-stats'], ['POST', '/payments/invalidate-cache']] as const) {
    t.equal((await send(null, method, path)).status, 401);
    t.equal((await send(app.service(), method, path)).status, 200);
    for (const caller of [student, await app.guest()]) {
      const answer = await send(caller, method, path);
      t.same([answer.status, answer.body], [403, FORBIDDEN]);
    }
  }
});

t.test('limits: 500 requests, 200 for own payments, 50 refused attempts to pay in their windows; services are exempt (section 1)', async (t) => {
  const limited = await createAcademyApp({ config: { rateLimit: true, logLevel: 'silent' } });
  t.teardown(() => limited.close());
  const [admin, siti, budi] = [await limited.admin(), await limited.umum(), await limited.umum()];
  for (let count = 0; count < 200; count += 1) await limited.must(siti, 'GET', '/payments/my-payments');
  const beyond = await limited.send(siti, 'GET', `/payments/${NOBODY}`);
  t.equal(beyond.status, 429);
  const { retryAfter, message, ...body } = beyond.body;
  t.same(body, { status: 'error', error: 'Too many requests' });
  t.equal(typeof message, 'string');
  t.ok(Number(retryAfter) > 0 && Number(retryAfter) <= 900);
  t.equal(Number(beyond.raw.headers['retry-after']), retryAfter);
  t.equal((await limited.send(siti, 'GET', '/payments/health')).status, 200, 'another area');
  t.equal((await limited.send(budi, 'GET', '/payments/my-payments')).status, 200, 'another account');
  t.equal((await limited.send(limited.service(siti), 'GET', '/payments/my-payments')).status, 200);

  for (let count = 0; count < 50; count += 1) t.equal((await limited.send(budi, 'POST', '/payments', {})).status, 400);
  t.equal((await limited.send(budi, 'POST', '/payments', {})).status, 429);
  t.equal((await limited.send(budi, 'PATCH', `/payments/${NOBODY}/update`, {})).status, 429, 'they count together');
  const dewi = await limited.umum();
  for (let count = 0; count < 500; count += 1) await limited.must(dewi, 'GET', '/payments/health');
  t.equal((await limited.send(dewi, 'GET', '/payments/my-payments')).status, 429, 'all of the area count');
  limited.clock.advance(61 * 60_000);
  t.equal((await limited.send(limited.service(budi), 'PATCH', `/payments/${NOBODY}/update`, {})).status, 400);
  t.match((await limited.send(limited.service(admin), 'GET', '/payments/cache-stats')).data, { rateLimitEvents: 4 });
});
