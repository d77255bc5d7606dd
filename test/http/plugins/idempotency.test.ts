import t from 'tap';
import type { DomainEvent } from '../../../src/domain/events.js';
import { ANSWERS_KEPT_MS, RecordedAnswersUnavailable } from '../../../src/ports/recorded-answers.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { MemoryRecordedAnswers } from '../../doubles/memory-recorded-answers.js';
import { MortalEventStore } from '../../doubles/mortal-event-store.js';
import { createTestApp, type TestApp, type TestAppOptions } from '../../fixtures/test-app.js';

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
  const answers = new MemoryRecordedAnswers();
  const first = await openApp({ store, answers });
  const ada = await first.signUp();
  const { authorization } = ada.headers;
  const attempts = await Promise.all(Array.from({ length: 20 }, () => rename(first, authorization, 'key-1')));
  const answered = attempts.filter(({ statusCode }) => statusCode === 200);
  t.equal(new Set(answered.map(({ body }) => body)).size, 1, 'one answer, told to somebody');
  t.equal(answered.filter(({ headers }) => headers['idempotency-replayed'] === undefined).length, 1);
  t.ok(attempts.every(({ statusCode }) => statusCode === 200 || statusCode === 409));
  t.equal(await renamings(first, ada.id), 1);
  await first.close();

  const second = await openApp({ store, answers });
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

for (const afterwards of [false, true]) {
  t.test(`dying ${afterwards ? 'after' : 'before'} the append of the request, and repeated: one effect, the same answer`, async (t) => {
    const store = new MemoryEventStore<DomainEvent>();
    const answers = new MemoryRecordedAnswers();
    const before = await openApp({ store, answers });
    const ada = await before.signUp();
    const { authorization } = ada.headers;
    await before.close();

    const dying = await openApp({ store: new MortalEventStore(store, { atAppend: 1, afterwards }), answers });
    t.equal((await rename(dying, authorization, 'key-1')).statusCode, 503);
    await dying.close();

    const after = await openApp({ store, answers });
    t.teardown(() => after.close());
    t.equal((await rename(after, authorization, 'key-1', { name: 'Other' })).statusCode, 422);
    const answer = await rename(after, authorization, 'key-1');
    t.equal(answer.statusCode, 200);
    t.match(answer.json(), { id: ada.id, name: 'Grace' });
    t.equal((await rename(after, authorization, 'key-1')).body, answer.body);
    t.equal(await renamings(after, ada.id), 1);
    t.match(await after.events(`account-${ada.id}`), [{}, { data: { name: 'Grace' } }]);
  });
}

t.test('after a day a repeat is answered by what is there now, and nothing happens twice', async (t) => {
  const app = await openApp();
  t.teardown(() => app.close());
  const ada = await app.signUp();
  t.equal((await rename(app, ada.headers.authorization, 'key-1')).statusCode, 200);
  app.clock.advance(ANSWERS_KEPT_MS);
  const login = await app.inject({ method: 'POST', url: '/auth/login', payload: { email: ada.email, password: ada.password } });
  const authorization = `Bearer ${login.json<{ accessToken: string }>().accessToken}`;
  const repeated = await rename(app, authorization, 'key-1');
  t.match(repeated.json(), { id: ada.id, name: 'Grace' });
  t.equal(repeated.headers['idempotency-replayed'], undefined);
  t.equal(await renamings(app, ada.id), 1);
  app.clock.advance(ANSWERS_KEPT_MS);
  const again = await app.inject({ method: 'POST', url: '/auth/login', payload: { email: ada.email, password: ada.password } });
  const other = await rename(app, `Bearer ${again.json<{ accessToken: string }>().accessToken}`, 'key-1', { name: 'Other' });
  t.match(other.json(), { name: 'Other' }, 'the key of yesterday is free for another request');
});

t.test('the store of answers is away: requests are still carried out once', async (t) => {
  const away = () => Promise.reject(new RecordedAnswersUnavailable('away'));
  const app = await openApp({ answers: { receive: away, record: away, release: away, forget: away, sweep: away } });
  t.teardown(() => app.close());
  const ada = await app.signUp();
  for (const attempt of [1, 2]) t.match((await rename(app, ada.headers.authorization, 'key-1')).json(), { name: 'Grace' }, `attempt ${attempt}`);
  t.equal(await renamings(app, ada.id), 1);
});

t.test('the log says nothing of keys and answers', async (t) => {
  const app = await openApp();
  t.teardown(() => app.close());
  const ada = await app.signUp();
  await rename(app, ada.headers.authorization, 'key-1');
  const streams = (await app.events()).map(({ stream }) => stream.split('-')[0]);
  t.same(new Set(streams), new Set(['account', 'email', 'otp', 'session'].filter((category) => streams.includes(category))));
});

t.test('one key is one request of one caller', async (t) => {
  const answers = new MemoryRecordedAnswers();
  const app = await openApp({ answers });
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
    const refused = await rename(app, ada.headers.authorization, 'key-3', { email: eve.email });
    t.equal(refused.statusCode, 409);
    t.match((await rename(app, ada.headers.authorization, 'key-3', { email: eve.email })).headers, { 'idempotency-replayed': 'true' });
    t.equal((await rename(app, 'Bearer nonsense', 'key-4')).statusCode, 401);
    t.equal((await rename(app, ada.headers.authorization, 'key-4')).statusCode, 200);
  });

  t.test('issue 9.2: a refusal of validation is not kept, and the key is free for the request as it should be', async (t) => {
    for (const payload of [{ email: 'nonsense' }, { name: '' }]) {
      const refused = await rename(app, ada.headers.authorization, 'key-invalid', payload);
      t.equal(refused.statusCode, 400);
      t.equal(refused.headers['idempotency-replayed'], undefined);
    }
    t.notMatch(answers.contents(), /validation-failed/);
    const mended = await rename(app, ada.headers.authorization, 'key-invalid', { name: 'Mended' });
    t.match(mended.json(), { name: 'Mended' });
    t.match((await rename(app, ada.headers.authorization, 'key-invalid', { name: 'Mended' })).headers, { 'idempotency-replayed': 'true' });
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
    t.notOk(answers.contents().includes(one?.json().refreshToken));
    const log = (await app.events()).map(({ data }) => JSON.stringify(data)).join();
    t.notOk(log.includes(one?.json().refreshToken));
  });
});
