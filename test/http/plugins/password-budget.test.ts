import t from 'tap';
import type { HTTPMethods } from 'fastify';
import { limitedPasswordHasher } from '../../../src/composition/limited-password-hasher.js';
import { callerNetwork } from '../../../src/http/shared/caller-network.js';
import { PasswordsBusy, type PasswordHasher } from '../../../src/ports/password-hasher.js';
import { QuickHasher } from '../../fixtures/command-services.js';
import { createTestApp } from '../../fixtures/test-app.js';
import { FakeClock } from '../../doubles/fake-clock.js';

type Asked = readonly [method: HTTPMethods, url: string, payload: Readonly<Record<string, unknown>>];

const password = 'correct horse';
const email = 'somebody@example.org';
/** One route of each surface that hashes for whoever asks. */
const hashing: readonly Asked[] = [
  ['POST', '/auth/login', { email, password }],
  ['POST', '/auth/register', { name: 'Ada Lovelace', email: 'new@example.org', password, role: 'student' }],
  ['POST', '/api/auth/login', { email, password }],
  ['POST', '/api/v2/user/login-user', { email, password }],
];

t.test('issue 9.4: all surfaces hash within one budget of the address, and answer 429 in their own envelope beyond it', async (t) => {
  const clock = new FakeClock();
  const limited = limitedPasswordHasher(new QuickHasher(), { atATime: 1, budget: { max: hashing.length, windowMs: 60_000 }, clock });
  const test = await createTestApp({ clock, services: (services) => ({ ...services, commands: { ...services.commands, passwords: limited } }) });
  t.teardown(test.close);
  const ask = ([method, url, payload]: Asked, remoteAddress: string) => test.inject({ method, url, payload, remoteAddress });
  for (const [n, each] of hashing.entries()) {
    const { statusCode } = await ask(each, `2001:db8:1:2::${n}`);
    t.not(statusCode, 429, `${each[1]}: ${statusCode}`);
  }
  for (const each of hashing) {
    const { statusCode, headers, body } = await ask(each, '2001:db8:1:2:ffff::1');
    t.equal(statusCode, 429, `${each[1]}: ${body}`);
    t.equal(headers['retry-after'], '60');
  }
  t.not((await ask(['POST', '/auth/login', { email, password }], '2001:db8:1:3::1')).statusCode, 429, 'another network');
});

t.test('issue 9.4: a queue that is full is a 503 that says when to come back', async (t) => {
  const full = async (): Promise<never> => {
    throw new PasswordsBusy('full', 31_500);
  };
  const passwords: PasswordHasher = { hash: full, verify: full, isOutdated: () => false };
  const test = await createTestApp({ services: (services) => ({ ...services, commands: { ...services.commands, passwords } }) });
  t.teardown(test.close);
  for (const [method, url, payload] of hashing) {
    const { statusCode, headers, body } = await test.inject({ method, url, payload });
    t.equal(statusCode, 503, `${url}: ${body}`);
    t.equal(headers['retry-after'], '32');
  }
});

t.test('issue 9.4: no route hashes but for its caller', async (t) => {
  const nobody = async (): Promise<never> => {
    throw new Error('hashed for nobody');
  };
  const addresses: string[] = [];
  const quick = new QuickHasher();
  const passwords: PasswordHasher = {
    hash: nobody,
    verify: nobody,
    isOutdated: () => false,
    forCaller: ({ address }) => {
      addresses.push(address);
      return quick;
    },
  };
  const test = await createTestApp({ services: (services) => ({ ...services, commands: { ...services.commands, passwords } }) });
  t.teardown(test.close);
  const { headers } = await test.signUp('student');
  const account: readonly Asked[] = [
    ['POST', '/users/change-password', { currentPassword: 'wrong horse', newPassword: 'another horse' }],
    ['PUT', '/api/v2/user/update-user-password', { oldPassword: 'wrong horse', newPassword: 'another horse' }],
  ];
  for (const [method, url, payload] of [...hashing, ...account]) {
    const { statusCode, body } = await test.inject({ method, url, payload, headers, remoteAddress: '::ffff:203.0.113.9' });
    t.ok(statusCode < 500 && statusCode !== 405 && !body.includes('no-such-route'), `${url}: ${statusCode} ${body}`);
  }
  t.ok(addresses.includes('203.0.113.9'));
});

t.test('issue 9.4: an IPv6 subscriber is its /64', async (t) => {
  t.equal(callerNetwork('203.0.113.9'), '203.0.113.9');
  t.equal(callerNetwork('::ffff:203.0.113.9'), '203.0.113.9');
  t.equal(callerNetwork('2001:db8:1:2::9'), callerNetwork('2001:0DB8:0001:0002:ffff:1:2:3'));
  t.not(callerNetwork('2001:db8:1:2::9'), callerNetwork('2001:db8:1:3::9'));
  t.equal(callerNetwork('fe80::1%eth0'), 'fe80:0:0:0::/64');
  t.equal(callerNetwork('::1'), '0:0:0:0::/64');
});
