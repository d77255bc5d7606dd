import t from 'tap';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { MemoryRecordedAnswers } from '../../doubles/memory-recorded-answers.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { courseClient } from '../../fixtures/course-client.js';
import { founded } from '../../fixtures/organizations.js';

const { app, call, course } = await courseClient(t);

const empty = { items: [], itemCount: 0, subtotals: [] };

void t.test('a cart is filled, read and emptied, and each answer shows it as it is', async (t) => {
  const [ada, sam] = [await app.signUp('instructor'), await app.signUp('student')];
  t.match((await call('GET', '/cart', sam)).json(), { userId: sam.id, ...empty });
  const [a, b, c] = [await course(ada, { title: 'A', price: 0.1 }), await course(ada, { title: 'B', price: 0.2 }), await course(ada)];
  const added = await call('POST', '/cart/items', sam, { courseId: a.id });
  t.equal(added.statusCode, 201);
  t.match(added.json(), { items: [{ courseId: a.id, title: 'A', thumbnailUrl: null, price: 0.1, currency: 'USD', isAvailable: true }] });
  await call('POST', '/cart/items', sam, { courseId: b.id });
  await call('POST', '/cart/items', sam, { courseId: c.id });
  const afterOne = await call('DELETE', `/cart/items/${c.id}`, sam);
  t.equal(afterOne.statusCode, 200);
  t.match(afterOne.json(), { itemCount: 2, subtotals: [{ currency: 'USD', amount: 0.3 }] });
  t.same((await call('GET', '/cart', sam)).json(), afterOne.json());
  await call('POST', '/cart/items', sam, { courseId: c.id });
  const afterSome = await call('DELETE', '/cart/items', sam, { courseIds: [a.id, c.id, 'unknown'] });
  t.match(afterSome.json(), { items: [{ courseId: b.id }], itemCount: 1 });
  const cleared = await call('DELETE', '/cart', sam);
  t.equal(cleared.statusCode, 200);
  t.match(cleared.json(), { userId: sam.id, ...empty });
  t.equal((await call('DELETE', '/cart', sam)).statusCode, 200, 'an empty one too');
});

void t.test('a course already in the cart is not added twice', async (t) => {
  const [ada, sam] = [await app.signUp('instructor'), await app.signUp('student')];
  const { id } = await course(ada);
  const answers = await Promise.all(Array.from({ length: 20 }, () => call('POST', '/cart/items', sam, { courseId: id })));
  t.same(new Set(answers.map(({ statusCode }) => statusCode)), new Set([201]));
  t.equal(new Set(answers.map(({ body }) => body)).size, 1);
  t.equal((await app.events(`cart-${sam.id}`)).length, 1);
});

void t.test('what can not be bought is refused', async (t) => {
  const [ada, sam] = [await app.signUp('instructor'), await app.signUp('student')];
  const add = async (courseId: unknown) => (await call('POST', '/cart/items', sam, { courseId })).statusCode;
  const free = await course(ada, { price: 0 });
  await call('POST', `/courses/${free.id}/enroll`, sam);
  t.equal(await add('unknown'), 404);
  t.equal(await add((await course(ada, { isPublished: false })).id), 409);
  const organizationId = await founded(app.services.commands, ada.id);
  t.equal(await add((await course(ada, { organizationId, isOrgPrivate: true })).id), 404);
  t.equal(await add(free.id), 409);
  for (const wrong of [undefined, null, 7, '', 'a b', 'x'.repeat(100)]) t.equal(await add(wrong), 400, String(wrong));
  t.equal((await call('DELETE', '/cart/items', sam, { courseIds: [] })).statusCode, 400);
  t.equal((await call('DELETE', '/cart/items', sam, {})).statusCode, 400);
  t.match((await call('GET', '/cart', sam)).json(), empty);
  t.same(await app.events(`cart-${sam.id}`), []);
});

void t.test('a course that is not on sale any more is flagged, and costs nothing', async (t) => {
  const [ada, sam] = [await app.signUp('instructor'), await app.signUp('student')];
  const [a, b] = [await course(ada, { price: 5 }), await course(ada, { price: 7 })];
  await call('POST', '/cart/items', sam, { courseId: a.id });
  await call('POST', '/cart/items', sam, { courseId: b.id });
  await call('PATCH', `/courses/${a.id}`, ada, { isPublished: false });
  await call('PATCH', `/courses/${b.id}`, ada, { price: 8, title: 'Dearer' });
  t.match((await call('GET', '/cart', sam)).json(), {
    items: [{ courseId: a.id, isAvailable: false }, { courseId: b.id, isAvailable: true, price: 8, title: 'Dearer' }],
    subtotals: [{ currency: 'USD', amount: 8 }],
  });
});

void t.test('a cart is its owner\'s alone', async (t) => {
  const [ada, sam, tom] = [await app.signUp('instructor'), await app.signUp('student'), await app.signUp('student')];
  const { id } = await course(ada);
  await call('POST', '/cart/items', sam, { courseId: id });
  t.match((await call('GET', '/cart', tom)).json(), { userId: tom.id, ...empty });
  for (const [method, url] of [['GET', '/cart'], ['POST', '/cart/items'], ['DELETE', '/cart/items'], ['DELETE', `/cart/items/${id}`], ['DELETE', '/cart']] as const) {
    t.equal((await call(method, url)).statusCode, 401, `${method} ${url}`);
  }
});

void t.test('the same Idempotency-Key adds once, also after a restart', async (t) => {
  const kept = { store: new MemoryEventStore<DomainEvent>(), answers: new MemoryRecordedAnswers() };
  const { app, call, course } = await courseClient(t, kept);
  const [ada, sam] = [await app.signUp('instructor'), await app.signUp('student')];
  const { id } = await course(ada);
  const key = { 'idempotency-key': 'add-once' };
  const first = await call('POST', '/cart/items', sam, { courseId: id }, key);
  t.equal(first.statusCode, 201);
  await call('DELETE', '/cart', sam);
  const restarted = await courseClient(t, kept);
  await restarted.app.caughtUp();
  const again = await restarted.call('POST', '/cart/items', sam, { courseId: id }, key);
  t.equal(again.body, first.body);
  t.match((await restarted.call('GET', '/cart', sam)).json(), empty);
  t.equal((await restarted.call('POST', '/cart/items', sam, { courseId: 'other' }, key)).statusCode, 422);
});
