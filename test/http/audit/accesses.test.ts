import t from 'tap';
import type { DomainEvent } from '../../../src/domain/events.js';
import { EventStoreUnavailable, type EventStore } from '../../../src/ports/event-store.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { createTestApp } from '../../fixtures/test-app.js';

t.test('reads of the audit are events: who, what and when', async (t) => {
  const app = await createTestApp({ surfaces: ['marketplace', 'audit'] });
  t.teardown(() => app.close());
  const [admin, ada] = [await app.signUp('admin'), await app.signUp('student')];
  const path = `/audit/streams/account-${ada.id}`;
  const get = (url: string, headers = admin.headers) => app.inject({ url, headers });
  await get(`${path}?limit=5`);
  await get(`${path}?limit=5`);
  await get('/audit/key');
  t.equal((await get(path, ada.headers)).statusCode, 403);
  t.equal((await get(`${path}?limit=x`)).statusCode, 400);
  const events = (await app.events()).filter(({ stream }) => stream.startsWith('auditAccess-'));
  t.equal(events.length, 1, 'a repeat within a minute, what all may read and what is refused do not count');
  t.match(events, [{ type: 'AuditRead', stream: `auditAccess-${admin.id}.2026-03-01`, data: { accountId: admin.id, route: '/audit/streams/:stream', path, query: '{"fromRevision":"0","limit":"5"}' }, metadata: { actorId: admin.id } }]);

  app.clock.advance(60_000);
  await get(`${path}?limit=5`);
  await get('/audit/payments?payer=sam');
  await app.caughtUp();
  const list = (await get('/audit/accesses')).json<{ data: { path: string; kind: string; accountId: string }[] }>().data;
  t.same(list.map(({ path: of }) => of).sort(), ['/audit/payments', path, path]);
  t.match((await get(`/audit/accesses?path=${encodeURIComponent(path)}&limit=1&actor=${admin.id}&kind=read`)).json(), { data: [{ path, accountId: admin.id, kind: 'read', at: app.clock.now().toISOString() }], nextCursor: /\w/ });
  t.same((await get('/audit/accesses?kind=export')).json<{ data: unknown[] }>().data, []);
  t.equal((await get('/audit/accesses', ada.headers)).statusCode, 403);
});

t.test('what can not be recorded is not shown', async (t) => {
  const inner = new MemoryEventStore<DomainEvent>();
  let isFull = false;
  const store: EventStore<DomainEvent> = new Proxy(inner, {
    get: (target, name) => {
      if (name === 'append' && isFull) return async () => Promise.reject(new EventStoreUnavailable('the log takes no appends'));
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const app = await createTestApp({ surfaces: ['marketplace', 'audit'], store });
  t.teardown(() => app.close());
  const admin = await app.signUp('admin');
  isFull = true;
  const answer = await app.inject({ url: `/audit/streams/account-${admin.id}`, headers: admin.headers });
  t.equal(answer.statusCode, 503);
  t.notMatch(answer.body, 'AccountRegistered');
  isFull = false;
  t.equal((await app.inject({ url: `/audit/streams/account-${admin.id}`, headers: admin.headers })).statusCode, 200);
});
