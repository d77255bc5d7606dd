import t from 'tap';
import { activateAccount } from '../../../src/commands/accounts/activate-account.js';
import { changePasswordAndReopenSession } from '../../../src/commands/accounts/change-password-and-reopen-session.js';
import { changePassword } from '../../../src/commands/accounts/change-password.js';
import { requestOtp } from '../../../src/commands/accounts/issue-otp.js';
import { logIn, type LogInInput } from '../../../src/commands/accounts/log-in.js';
import { refreshSession } from '../../../src/commands/accounts/refresh-session.js';
import { resetPassword } from '../../../src/commands/accounts/reset-password.js';
import { verifySecondFactor } from '../../../src/commands/accounts/verify-second-factor.js';
import { contextFor } from '../../fixtures/command-services.js';
import { countOf, dyingAfter, eventsOf, latestCode, newWorld, restarted, signedUp, twenty, wrongFor, type World } from '../../fixtures/accounts.js';

const email = 'ada@example.com';
const password = 'analytical';
const enter = ({ services }: World, changes: Partial<LogInInput> = {}, context = contextFor()) =>
  logIn(services)({ email, password, ...changes }, context);
const verify = ({ services }: World, code: string, context = contextFor()) => verifySecondFactor(services)({ email, code }, context);
const required = { ok: false, rejection: 'second-factor-required' };
const invalid = { ok: false, rejection: 'otp-invalid' };

const guarded = async () => {
  const world = newWorld();
  const accountId = await signedUp(world, { role: 'admin', actorRole: 'admin', twoFactor: true });
  return { world, accountId, code: () => latestCode(world, 'second_factor', accountId) };
};

t.test('a right password is answered with a mail, and no session', async (t) => {
  const { world, code } = await guarded();
  t.same(await enter(world), required);
  t.equal(await countOf(world, 'SessionOpened'), 0);
  t.match((await eventsOf(world)).at(-1), { type: 'OtpIssued', data: { purpose: 'second_factor', credentialsVersion: 0 } });
  t.match(await enter(world, { otp: await code() }), { ok: true, value: { role: 'admin' } });
});

t.test('a wrong password is answered as ever, with any code, and costs no try', async (t) => {
  const { world, code } = await guarded();
  const wrong = { ok: false, rejection: 'wrong-credentials' };
  t.same(await enter(world, { password: 'wrong' }), wrong);
  t.equal(await countOf(world, 'OtpIssued'), 1, 'and nothing is mailed but the code of the sign-up');
  await enter(world);
  t.same(await enter(world, { password: 'wrong', otp: await code() }), wrong);
  t.same(await enter(world, { password: 'wrong', otp: wrongFor(await code()) }), wrong);
  t.equal(await countOf(world, 'OtpRefused'), 0);
  t.same(await enter(world, { otp: wrongFor(await code()) }), invalid);
  t.match(await enter(world, { otp: await code() }), { ok: true });
});

t.test('on a surface that asks every admin, two-factor on or not; of others only who has it on', async (t) => {
  const world = newWorld();
  await signedUp(world, { role: 'admin', actorRole: 'admin' });
  t.match(await enter(world), { ok: true });
  t.same(await enter(world, { secondFactor: 'always-for-admins' }), required);
  await signedUp(world, { email: 'bea@example.com', role: 'instructor' });
  t.match(await enter(world, { email: 'bea@example.com', secondFactor: 'always-for-admins' }), { ok: true });
});

t.test('the second step opens the session, once', async (t) => {
  const { world, code } = await guarded();
  await enter(world);
  t.same(await verify(world, wrongFor(await code())), invalid);
  const opened = await verify(world, await code());
  t.match(opened, { ok: true, value: { role: 'admin', account: { twoFactor: true } } });
  t.same(await verify(world, await code()), invalid);
  const refreshToken = opened.ok ? opened.value.refreshToken : '';
  t.match(await refreshSession(world.services)({ refreshToken }, contextFor()), { ok: true });
  t.same(await verifySecondFactor(world.services)({ email: 'nobody@example.com', code: '123456' }, contextFor()), invalid);
});

t.test('pitfall 25: twenty uses of one code at once open one session', async (t) => {
  const { world, code } = await guarded();
  await enter(world);
  const right = await code();
  const outcomes = await twenty((index) => (index % 2 === 0 ? verify(world, right) : enter(world, { otp: right })));
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.equal(await countOf(world, 'SessionOpened'), 1);
});

t.test('no code but that of a login is good for it', async (t) => {
  const { world, accountId } = await guarded();
  for (const purpose of ['login_verification', 'email_verification', 'password_reset'] as const) {
    await requestOtp(world.services)({ email, purpose }, contextFor());
    t.same(await verify(world, await latestCode(world, purpose, accountId)), invalid, purpose);
  }
  t.equal(await countOf(world, 'SessionOpened'), 0);
});

t.test('who asks for codes without a password neither uses up nor replaces that of a login', async (t) => {
  const { world, code } = await guarded();
  await enter(world);
  await twenty(() => requestOtp(world.services)({ email, purpose: 'login_verification' }, contextFor()));
  t.match(await verify(world, await code()), { ok: true });
});

t.test('a code is void once the password is another one', async (t) => {
  const { world, accountId, code } = await guarded();
  await enter(world);
  const change = { accountId, currentPassword: password, newPassword: 'difference' };
  t.match(await changePassword(world.services)(change, contextFor()), { ok: true });
  t.same(await verify(world, await code()), invalid);
  t.same(await enter(world, { password: 'difference', otp: await code() }), invalid);
});

t.test('five wrong codes void it, and another login makes another', async (t) => {
  const { world, code } = await guarded();
  await enter(world);
  const first = await code();
  await twenty(() => verify(world, wrongFor(first)));
  t.same(await verify(world, first), invalid);
  t.same(await enter(world), required);
  t.match(await verify(restarted(world), await code()), { ok: true });
});

t.test('after five mails in an hour the last code stays good, and then one has to wait', async (t) => {
  const { world, code } = await guarded();
  for (let login = 1; login <= 6; login += 1) t.same(await enter(world), required);
  t.equal(await countOf(world, 'OtpIssued'), 6, 'with that of the sign-up');
  await twenty(async () => verify(world, wrongFor(await code())));
  t.match(await enter(world), { ok: false, rejection: 'otp-too-many' });
});

t.test('issue 9.20: who does not know the password can not keep an admin out: a right password always gets a good code', async (t) => {
  const { world, code } = await guarded();
  const from = (caller: string) => ({ ...contextFor(), caller });
  for (let login = 1; login <= 8; login += 1) t.same(await enter(world, {}, from('198.51.100.7')), required);
  await twenty(async () => verify(world, wrongFor(await code()), from('192.0.2.1')));
  t.same(await enter(world, {}, from('198.51.100.7')), required, 'the last mail is good');
  t.match(await verify(world, await code(), from('198.51.100.7')), { ok: true });
  for (let tenMinutes = 0; tenMinutes < 8; tenMinutes += 1) {
    t.same(await enter(world, {}, from('198.51.100.7')), required);
    await twenty(async () => verify(world, wrongFor(await code()), from('192.0.2.1')));
    world.clock.advance(600_000);
  }
  t.same(await enter(world, {}, from('198.51.100.7')), required);
  t.match(await enter(world, { otp: await code() }, from('198.51.100.7')), { ok: true });
});

t.test('a login that died after any step is completed by its repeat', async (t) => {
  for (const appends of [0, 1]) {
    const { world, code } = await guarded();
    await enter(world);
    const context = contextFor();
    const right = await code();
    await t.rejects(verify(dyingAfter(appends, world), right, context), { name: 'Crash' });
    t.match(await verify(restarted(world), right, context), { ok: true }, `after ${appends}`);
    t.equal(await countOf(world, 'SessionOpened'), 1);
  }
});

t.test('neither activation nor a reset password nor a code for them is a way around', async (t) => {
  const { world, accountId } = await guarded();
  const activation = { email, code: await latestCode(world, 'email_verification', accountId) };
  t.same(await activateAccount(world.services)(activation, contextFor()), { ok: false, rejection: 'log-in-required' });
  await requestOtp(world.services)({ email, purpose: 'password_reset' }, contextFor());
  const reset = { email, code: await latestCode(world, 'password_reset', accountId), newPassword: 'difference' };
  t.match(await resetPassword(world.services)(reset, contextFor()), { ok: true });
  t.same(await enter(world, { password: 'difference' }), required);
  t.equal(await countOf(world, 'SessionOpened'), 0);
});

t.test('who changes the password in a session stays logged in', async (t) => {
  const { world, accountId } = await guarded();
  const change = { accountId, currentPassword: password, newPassword: 'difference' };
  t.match(await changePasswordAndReopenSession(world.services)({ ...change, currentPassword: 'wrong' }, contextFor()), { rejection: 'wrong-password' });
  const stayed = await changePasswordAndReopenSession(world.services)(change, contextFor());
  t.match(await refreshSession(world.services)({ refreshToken: stayed.ok ? stayed.value.refreshToken : '' }, contextFor()), { ok: true });
});
