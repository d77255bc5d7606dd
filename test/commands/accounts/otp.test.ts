import t from 'tap';
import { changeProfile } from '../../../src/commands/accounts/change-profile.js';
import { changePassword } from '../../../src/commands/accounts/change-password.js';
import { issueOtp, requestOtp } from '../../../src/commands/accounts/issue-otp.js';
import { resetPassword } from '../../../src/commands/accounts/reset-password.js';
import { verifyEmail } from '../../../src/commands/accounts/verify-email.js';
import { verifyOtp } from '../../../src/commands/accounts/verify-otp.js';
import { contextFor } from '../../fixtures/command-services.js';
import { accountState, countOf, dyingAfter, eventsOf, latestCode, newWorld, restarted, signedUp, twenty, wrongFor, type World } from '../../fixtures/accounts.js';

const email = 'ada@example.com';
const refused = { ok: false, rejection: 'otp-invalid' };

t.test('the code of the sign-up verifies the address', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const code = await latestCode(world, 'email_verification', accountId);
  t.match(await verifyEmail(world.services)({ email, code }, contextFor()), { ok: true, value: { accountId } });
  t.match(await accountState(world, accountId), { emailVerified: true });
  t.same(await verifyEmail(world.services)({ email, code }, contextFor()), refused, 'and is used up');
});

t.test('the code is nowhere in the log', async (t) => {
  const world = newWorld();
  const code = await latestCode(world, 'email_verification', await signedUp(world));
  const log = (await eventsOf(world)).map(({ data }) => JSON.stringify(data)).join();
  t.notMatch(log, new RegExp(`(?<![0-9a-f])${code}(?![0-9a-f])`));
});

t.test('pitfall 25: twenty uses of one code at once: one wins', async (t) => {
  const world = newWorld();
  const code = await latestCode(world, 'email_verification', await signedUp(world));
  const outcomes = await twenty(() => verifyOtp(world.services)({ email, code, purpose: 'email_verification' }, contextFor()));
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.equal(await countOf(world, 'OtpUsed'), 1);
  t.equal(await countOf(world, 'AccountEmailVerified'), 1);
});

t.test('twenty wrong guesses at once: five count, and then not even the right code is good', async (t) => {
  const world = newWorld();
  const code = await latestCode(world, 'email_verification', await signedUp(world));
  const outcomes = await twenty(() => verifyEmail(world.services)({ email, code: wrongFor(code) }, contextFor()));
  t.ok(outcomes.every(({ ok }) => !ok));
  t.equal(await countOf(world, 'OtpRefused'), 5);
  t.same(await verifyEmail(restarted(world).services)({ email, code }, contextFor()), refused);
});

t.test('a guess is counted also when it comes under the command id of another', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  await requestOtp(world.services)({ email, purpose: 'password_reset' }, contextFor());
  const code = await latestCode(world, 'password_reset', accountId);
  const context = contextFor();
  const guess = (text: string) => verifyOtp(world.services)({ email, code: text, purpose: 'password_reset' }, context);
  const wrong = Array.from({ length: 6 }, (_, index) => String(index).padStart(6, '0')).filter((text) => text !== code);
  for (const text of wrong.slice(0, 5)) t.same(await guess(text), refused);
  t.equal(await countOf(world, 'OtpRefused'), 5);
  t.same(await guess(wrong[0] ?? ''), refused, 'a true repeat is counted once');
  t.equal(await countOf(world, 'OtpRefused'), 5);
  t.same(await guess(code), refused);
});

t.test('an unknown address, a wrong code and no code are refused alike', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const attempt = { code: '123456', purpose: 'password_reset' } as const;
  t.same(await verifyOtp(world.services)({ ...attempt, email }, contextFor()), refused);
  t.same(await verifyOtp(world.services)({ ...attempt, email: 'nobody@example.com' }, contextFor()), refused);
  t.same(await verifyEmail(world.services)({ ...attempt, email: 'nobody@example.com' }, contextFor()), refused);
  await requestOtp(world.services)({ email, purpose: 'password_reset' }, contextFor());
  t.same(await verifyOtp(world.services)({ ...attempt, code: 'x', email }, contextFor()), refused);
});

t.test('a code for another step is confirmed and stays good', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  await requestOtp(world.services)({ email, purpose: 'password_reset' }, contextFor());
  const attempt = { email, code: await latestCode(world, 'password_reset', accountId), purpose: 'password_reset' } as const;
  t.match(await verifyOtp(world.services)(attempt, contextFor()), { ok: true, value: { accountId } });
  t.match(await verifyOtp(world.services)(attempt, contextFor()), { ok: true });
  t.equal(await countOf(world, 'OtpConfirmed'), 1);
});

t.test('asking for a code says nothing about who has an account', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const before = (await eventsOf(world)).length;
  const unknown = await requestOtp(world.services)({ email: 'nobody@example.com', purpose: 'password_reset' }, contextFor());
  t.equal((await eventsOf(world)).length, before, 'no event');
  for (let count = 0; count < 6; count += 1) {
    t.same(await requestOtp(world.services)({ email, purpose: 'password_reset' }, contextFor()), unknown);
  }
  t.equal((await eventsOf(world)).length, before + 5, 'nor does the limit');
});

t.test('a person who is logged in is told of the limit', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const ask = () => issueOtp(world.services)({ accountId, purpose: 'login_verification' }, contextFor());
  for (let count = 0; count < 5; count += 1) t.match(await ask(), { ok: true });
  t.match(await ask(), { rejection: 'otp-too-many', details: { retryAt: '2026-03-01T12:10:00.000Z' } });
  world.clock.advance(600_000);
  t.match(await ask(), { ok: true });
  t.match(await issueOtp(world.services)({ accountId: 'nobody', purpose: 'login_verification' }, contextFor()), { rejection: 'account-not-found' });
});

t.test('a new code replaces the old one, and the same command makes the same code', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const old = await latestCode(world, 'email_verification', accountId);
  const context = contextFor();
  await requestOtp(world.services)({ email, purpose: 'email_verification' }, context);
  const code = await latestCode(world, 'email_verification', accountId);
  await requestOtp(restarted(world).services)({ email, purpose: 'email_verification' }, context);
  t.equal(await latestCode(world, 'email_verification', accountId), code);
  t.same(await verifyEmail(world.services)({ email, code: old }, contextFor()), refused);
  t.match(await verifyEmail(world.services)({ email, code }, contextFor()), { ok: true });
});

t.test('a code is dead after ten minutes', async (t) => {
  const world = newWorld();
  const code = await latestCode(world, 'email_verification', await signedUp(world));
  world.clock.advance(600_000);
  t.same(await verifyEmail(world.services)({ email, code }, contextFor()), refused);
});

t.test('a code that was sent to one address verifies no other, also when no new code may be issued', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  for (let count = 0; count < 4; count += 1) await requestOtp(world.services)({ email, purpose: 'email_verification' }, contextFor());
  const code = await latestCode(world, 'email_verification', accountId);
  t.match(await changeProfile(world.services)({ accountId, email: 'victim@example.com' }, contextFor()), { ok: true });
  t.same(await verifyEmail(world.services)({ email: 'victim@example.com', code }, contextFor()), refused);
  t.match(await accountState(world, accountId), { emailVerified: false });
});

t.test('issue 9.19: a code dies with the password that it was made under, whatever it is for', async (t) => {
  const attempts = {
    password_reset: (world: World, code: string) => resetPassword(world.services)({ email, code, newPassword: 'stolen it' }, contextFor()),
    email_verification: (world: World, code: string) => verifyEmail(world.services)({ email, code }, contextFor()),
    login_verification: (world: World, code: string) =>
      verifyOtp(world.services)({ email, code, purpose: 'login_verification' }, contextFor()),
  };
  for (const [purpose, attempt] of Object.entries(attempts) as [keyof typeof attempts, (typeof attempts)['password_reset']][]) {
    const world = newWorld();
    const accountId = await signedUp(world);
    await requestOtp(world.services)({ email, purpose }, contextFor());
    const code = await latestCode(world, purpose, accountId);
    const change = { accountId, currentPassword: 'analytical', newPassword: 'difference' };
    t.match(await changePassword(world.services)(change, contextFor()), { ok: true });
    t.same(await attempt(world, code), refused, purpose);
    await requestOtp(world.services)({ email, purpose }, contextFor());
    t.match(await attempt(world, await latestCode(world, purpose, accountId)), { ok: true }, `${purpose}, asked for afterwards`);
  }
});

t.test('issue 9.20: who knows the address only neither burns the code of a sign-up, nor that of a reset, nor ends the mails', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const from = (caller: string) => ({ ...contextFor(), caller });
  const first = await latestCode(world, 'email_verification', accountId);
  await twenty(() => verifyEmail(world.services)({ email, code: wrongFor(first) }, from('192.0.2.1')));
  t.equal(await countOf(world, 'OtpRefused'), 5, 'counted for the caller');
  t.same(await verifyEmail(world.services)({ email, code: first }, from('192.0.2.1')), refused);
  t.match(await verifyEmail(world.services)({ email, code: first }, from('198.51.100.7')), { ok: true });
  for (let hour = 0; hour < 3; hour += 1) {
    for (let count = 0; count < 10; count += 1) await requestOtp(world.services)({ email, purpose: 'password_reset' }, from('192.0.2.1'));
    const standing = await latestCode(world, 'password_reset', accountId);
    await twenty(() => resetPassword(world.services)({ email, code: wrongFor(standing), newPassword: 'stolen it' }, from('192.0.2.1')));
    const newPassword = `my own ${hour}`;
    t.match(await resetPassword(world.services)({ email, code: standing, newPassword }, from('198.51.100.7')), { ok: true }, 'the last mail is good');
    world.clock.advance(600_000);
  }
  const log = JSON.stringify((await eventsOf(world)).map(({ data }) => data));
  t.notMatch(log, '192.0.2.1', 'the log names no caller');
});

t.test('a verification that died between its steps is completed by its repeat', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const code = await latestCode(world, 'email_verification', accountId);
  const context = contextFor();
  await t.rejects(verifyEmail(dyingAfter(1, world).services)({ email, code }, context), { name: 'Crash' });
  t.match(await verifyEmail(restarted(world).services)({ email, code }, context), { ok: true });
  t.match(await accountState(restarted(world), accountId), { emailVerified: true });
});
