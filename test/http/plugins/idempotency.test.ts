import t from 'tap';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { MortalEventStore, type Death } from '../../doubles/mortal-event-store.js';
import { createTestApp, type SignedUp, type TestApp, type TestAppOptions } from '../../fixtures/test-app.js';

const openApp = (options: TestAppOptions = {}): Promise<TestApp> => createTestApp({ surfaces: ['marketplace'], ...options });

const rename = (app: TestApp, authorization: string, key: string, payload: object = { name: 'Grace' }) =>
  app.inject({ method: 'PATCH', url: '/users/profile', payload, headers: { authorization, 'idempotency-key': key } });

const openPromise = () => {
  let resolve = (_value: null): void => {};
  const promise = new Promise<null>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
};

const renamings = async (app: TestApp, accountId: string): Promise<number> =>
  (await app.events(`account-${accountId}`)).filter(({ type }) => type === 'AccountProfileChanged').length;

t.test('20 at once, and once more after a restart, have one effect and one answer', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const first = await openApp({ store });
  const ada = await first.signUp();
  const { authorization } = ada.headers;
  const answers = await Promise.all(Array.from({ length: 20 }, () => rename(first, authorization, 'key-1')));
  const answered = answers.filter(({ statusCode }) => statusCode === 200);
  t.equal(new Set(answered.map(({ body }) => body)).size, 1, 'one answer, told to somebody');
  t.equal(answered.filter(({ headers }) => headers['idempotency-replayed'] === undefined).length, 1);
  t.ok(answers.every(({ statusCode }) => statusCode === 200 || statusCode === 409));
  t.equal(await renamings(first, ada.id), 1);
  await first.close();

  const second = await openApp({ store });
  t.teardown(() => second.close());
  const repeated = await rename(second, authorization, 'key-1');
  t.equal(repeated.body, answered[0]?.body);
  t.match(repeated.headers, { 'idempotency-replayed': 'true' });
  t.equal(await renamings(second, ada.id), 1);
});

t.test('a request under way answers its repeats 409, and another body 422', async (t) => {
  const gate = openPromise();
  const entered = openPromise();
  const app = await openApp({
    routes: async (app) => {
      app.post('/gate', { config: { access: 'account' } }, async () => {
        entered.resolve(null);
        await gate.promise;
        return { passed: true };
      });
    },
  });
  t.teardown(() => app.close());
  const { headers } = await app.signUp();
  const pass = (payload: object) => app.inject({ method: 'POST', url: '/gate', payload, headers: { ...headers, 'idempotency-key': 'gate' } });
  const first = pass({});
  await entered.promise;
  t.match((await pass({})).json(), { status: 409, code: 'request-under-way' });
  t.match((await pass({ other: true })).json(), { status: 422, code: 'idempotency-key-reused' });
  gate.resolve(null);
  t.same((await first).json(), { passed: true });
  t.match((await pass({})).headers, { 'idempotency-replayed': 'true' });
});

t.test('dying before or after any append of the request, and repeated after a restart: one effect, the same answer', async (t) => {
  const deaths: readonly Death[] = [1, 2, 3].flatMap((atAppend) => [false, true].map((afterwards) => ({ atAppend, afterwards })));
  const store = new MemoryEventStore<DomainEvent>();
  const before = await openApp({ store });
  const cases: { readonly death: Death; readonly ada: SignedUp }[] = [];
  for (const death of deaths) cases.push({ death, ada: await before.signUp() });
  await before.close();

  for (const { death, ada } of cases) {
    const dying = await openApp({ store: new MortalEventStore(store, death) });
    t.equal((await rename(dying, ada.headers.authorization, 'key-1')).statusCode, 503);
    await dying.close();
  }

  const after = await openApp({ store });
  t.teardown(() => after.close());
  for (const { death, ada } of cases) {
    t.test(`${death.afterwards ? 'after' : 'before'} append ${death.atAppend}`, async (t) => {
      const { authorization } = ada.headers;
      const answer = await rename(after, authorization, 'key-1');
      t.equal(answer.statusCode, 200);
      t.match(answer.json(), { id: ada.id, name: 'Grace' });
      t.equal((await rename(after, authorization, 'key-1')).body, answer.body);
      t.equal(await renamings(after, ada.id), 1);
      t.match(await after.events(`account-${ada.id}`), [{}, { data: { name: 'Grace' } }]);
    });
  }
});

t.test('one key is one request of one caller', async (t) => {
  const app = await openApp();
  t.teardown(() => app.close());
  const ada = await app.signUp();
  const eve = await app.signUp();
  t.equal((await rename(app, ada.headers.authorization, 'key-1')).statusCode, 200);

  t.test('another body is refused, before it is even looked at', async (t) => {
    t.match((await rename(app, ada.headers.authorization, 'key-1', { name: 'Other' })).json(), { status: 422, code: 'idempotency-key-reused' });
    t.match((await rename(app, ada.headers.authorization, 'key-1', { name: 7 })).json(), { status: 422 });
  });

  t.test('the order of its fields makes no other body', async (t) => {
    const answer = await rename(app, ada.headers.authorization, 'key-2', { name: 'A', imageProfileUrl: 'https://a.example/a.png' });
    const turned = await rename(app, ada.headers.authorization, 'key-2', { imageProfileUrl: 'https://a.example/a.png', name: 'A' });
    t.equal(turned.body, answer.body);
  });

  t.test('somebody else\'s key of the same name is another one', async (t) => {
    const answer = await rename(app, eve.headers.authorization, 'key-1', { name: 'Eve' });
    t.match(answer.json(), { id: eve.id, name: 'Eve' });
    t.equal(answer.headers['idempotency-replayed'], undefined);
  });

  t.test('a refusal is repeated, a missing token is not', async (t) => {
    const refused = await rename(app, ada.headers.authorization, 'key-3', { email: 'nonsense' });
    t.equal(refused.statusCode, 400);
    t.match((await rename(app, ada.headers.authorization, 'key-3', { email: 'nonsense' })).headers, { 'idempotency-replayed': 'true' });
    t.equal((await rename(app, 'Bearer nonsense', 'key-4')).statusCode, 401);
    t.equal((await rename(app, ada.headers.authorization, 'key-4')).statusCode, 200);
  });

  t.test('a key is short and printable', async (t) => {
    for (const key of ['', ' ', 'a b', 'é', 'a'.repeat(256)]) {
      t.match((await rename(app, ada.headers.authorization, key)).json(), { status: 400, errors: [{ field: 'Idempotency-Key' }] }, key);
    }
  });

  t.test('answers that hold credentials are never recorded', async (t) => {
    const payload = { email: ada.email, password: ada.password };
    const headers = { 'idempotency-key': 'key-5' };
    const logins = [1, 2].map(() => app.inject({ method: 'POST', url: '/auth/login', payload, headers }));
    const [one, other] = await Promise.all(logins);
    t.equal(one?.statusCode, 200);
    t.not(one?.json().refreshToken, other?.json().refreshToken);
    const log = (await app.events()).map(({ data }) => JSON.stringify(data)).join();
    t.notOk(log.includes(one?.json().refreshToken));
  });
});
