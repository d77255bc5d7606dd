import t from 'tap';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { createTestApp, type TestApp } from '../../fixtures/test-app.js';

const LONGEST_WAIT_S = 32 * 60;
const LOG_INS = ['/auth/login', '/api/auth/login', '/api/v2/user/login-user'] as const;

type Answer = Awaited<ReturnType<TestApp['inject']>>;

const post = ({ app }: TestApp, url: string, remoteAddress: string, payload: object, headers = {}): Promise<Answer> =>
  app.inject({ method: url.endsWith('update-user-password') ? 'PUT' : 'POST', url, payload, remoteAddress, headers });

const opened = async (options: Parameters<typeof createTestApp>[0] = {}) => {
  const test = await createTestApp({ ...options, config: { rateLimit: true, logLevel: 'silent' } });
  t.teardown(() => test.close());
  return test;
};

const attacker = (number: number): string => `10.7.${Math.floor(number / 250)}.${(number % 250) + 1}`;

const attack = async (test: TestApp, email: string, tries: number, urls: readonly string[] = ['/auth/login']): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (let number = 0; number < tries; number += 1) {
    const url = urls[number % urls.length] ?? '';
    answers.push(await post(test, url, attacker(number), { email, password: 'wrong horse' }));
  }
  return answers;
};

const countOf = async (test: TestApp, type: DomainEvent['type']): Promise<number> => (await test.events()).filter((event) => event.type === type).length;

/** From a network of the owner's that is new, coming back when told. */
const returning = async (test: TestApp, remoteAddress: string, credentials: object): Promise<{ answer: Answer; waitedS: number }> => {
  let waitedS = 0;
  for (;;) {
    const answer = await post(test, '/auth/login', remoteAddress, credentials);
    if (answer.statusCode !== 429) return { answer, waitedS };
    const seconds = Number(answer.headers['retry-after']);
    waitedS += seconds;
    test.clock.advance(seconds * 1_000);
  }
};

t.test('issue 9.24: 300 networks with one try each: few passwords are looked at, the owner is warned once and gets in', async (t) => {
  const test = await opened();
  const { email, password } = await test.signUp();
  const answers = await attack(test, email, 300);
  const lookedAt = answers.filter(({ statusCode }) => statusCode === 401);
  t.ok(lookedAt.length >= 20 && lookedAt.length < 60, `${lookedAt.length} of 300`);
  const refused = answers.filter(({ statusCode }) => statusCode === 429);
  t.equal(lookedAt.length + refused.length, 300);
  t.ok(refused.every(({ headers }) => Number(headers['retry-after']) <= LONGEST_WAIT_S));
  t.match(refused.at(-1)?.json(), { code: 'password-tries-spent', details: { retryAfterSeconds: Number } });
  t.equal(await countOf(test, 'PasswordGuessingNoticed'), 1);
  t.ok((await countOf(test, 'PasswordRefused')) <= 32, 'what an attack leaves in the log is bounded');

  t.equal((await post(test, '/auth/login', '127.0.0.1', { email, password })).statusCode, 200, 'at once from where the owner logged in before');
  const { answer, waitedS } = await returning(test, '10.8.0.1', { email, password });
  t.equal(answer.statusCode, 200);
  t.ok(waitedS <= LONGEST_WAIT_S, `${waitedS} s`);
  await attack(test, email, 300);
  t.equal((await post(test, '/auth/login', '10.8.0.1', { email, password })).statusCode, 200, 'and then at once from there');
});

t.test('issue 9.24: 300 tries side by side are not all the first', async (t) => {
  const test = await opened();
  const { email } = await test.signUp();
  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, number) => post(test, '/auth/login', attacker(number), { email, password: 'wrong horse' })),
  );
  const lookedAt = answers.filter(({ statusCode }) => statusCode === 401).length;
  t.ok(lookedAt >= 20 && lookedAt < 80, `${lookedAt} of 300`);
});

t.test('issue 9.24: all log-ins and fields of the current password share one count, also in another process', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const clock = new FakeClock();
  const test = await opened({ store, clock });
  const ada = await test.signUp();
  for (let number = 0; number < 10; number += 1) {
    const remoteAddress = attacker(number);
    const fields = { newPassword: 'another horse', confirmPassword: 'another horse' };
    const answer =
      number % 2 === 0
        ? await post(test, '/users/change-password', remoteAddress, { ...fields, currentPassword: 'wrong' }, ada.headers)
        : await post(test, '/api/v2/user/update-user-password', remoteAddress, { ...fields, oldPassword: 'wrong' }, ada.headers);
    t.equal(answer.statusCode, 400, answer.body);
  }
  const answers = await attack(test, ada.email, 12, LOG_INS);
  t.ok(answers.slice(0, 10).every(({ statusCode }) => statusCode !== 429));
  t.equal(await countOf(test, 'PasswordGuessingNoticed'), 1);
  const other = await opened({ store, clock });
  const later = await attack(other, ada.email, 60, LOG_INS);
  t.ok(later.filter(({ statusCode }) => statusCode === 429).length > 30, 'another process knows');
  const refused = await Promise.all(
    Array.from({ length: 20 }, (_, number) =>
      post(other, '/users/change-password', `10.9.0.${number}`, { currentPassword: 'wrong', newPassword: 'another horse' }, ada.headers)),
  );
  t.ok(refused.some(({ statusCode }) => statusCode === 429), 'a current password waits like a log-in');
});

t.test('issue 9.24: an address without an account is answered like one that has one', async (t) => {
  const statusesOf = async (known: boolean): Promise<readonly number[]> => {
    const test = await opened();
    const { email } = await test.signUp();
    const answers = await attack(test, known ? email : 'nobody@example.org', 100, ['/auth/login', '/api/v2/user/login-user']);
    t.equal(await countOf(test, 'PasswordGuessingNoticed'), 1);
    const refused = answers.find(({ statusCode }) => statusCode === 429);
    t.match(refused?.json(), { detail: 'Too many wrong passwords were given. Try again later, or reset the password with a code from a mail.' });
    return answers.slice(0, 20).map(({ statusCode }) => statusCode);
  };
  t.same(await statusesOf(false), await statusesOf(true));
});

t.test('issue 9.24: a right reset always passes, and lets its network in', async (t) => {
  const test = await opened();
  const { id, email } = await test.signUp();
  await attack(test, email, 100);
  const remoteAddress = '10.8.0.2';
  t.equal((await post(test, '/auth/forgot-password', remoteAddress, { email })).statusCode, 200);
  await test.services.commands.deferred.settled();
  const issued = (await test.events(`otp-password_reset.${id}`)).at(-1);
  const code = issued?.type === 'OtpIssued' ? oneTimeCode(test.services.commands.keys, issued.data.otpId) : '';
  const reset = await post(test, '/auth/reset-password', remoteAddress, { email, otp: code, newPassword: 'another horse' });
  t.equal(reset.statusCode, 200, reset.body);
  t.equal((await post(test, '/auth/login', remoteAddress, { email, password: 'another horse' })).statusCode, 200);
});

t.test('issue 9.24: fields of the current password have ten tries a minute from one network, known or not', async (t) => {
  const test = await opened();
  const { headers } = await test.signUp();
  const statuses: number[] = [];
  for (let tries = 0; tries < 11; tries += 1) {
    const payload = { currentPassword: 'wrong', newPassword: 'another horse' };
    statuses.push((await post(test, '/users/change-password', '127.0.0.1', payload, headers)).statusCode);
  }
  t.same(statuses, [...Array.from({ length: 10 }, () => 400), 429]);
});

t.test('issue 9.24: the addresses of one IPv6 subscriber are one network', async (t) => {
  const test = await opened();
  const { email, password } = await test.signUp();
  t.equal((await post(test, '/auth/login', '2001:db8:0:1::1', { email, password })).statusCode, 200);
  await attack(test, email, 100);
  t.equal((await post(test, '/auth/login', '2001:db8:0:1:ffff::2', { email, password })).statusCode, 200);
});
