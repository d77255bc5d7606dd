import t from 'tap';
import { changePassword } from '../../../src/commands/accounts/change-password.js';
import { requestOtp } from '../../../src/commands/accounts/issue-otp.js';
import { logIn } from '../../../src/commands/accounts/log-in.js';
import { logOut } from '../../../src/commands/accounts/log-out.js';
import { refreshSession } from '../../../src/commands/accounts/refresh-session.js';
import { resetPassword } from '../../../src/commands/accounts/reset-password.js';
import { verifyOtp } from '../../../src/commands/accounts/verify-otp.js';
import { contextFor } from '../../fixtures/command-services.js';
import {
  accountState,
  countOf,
  dyingAfter,
  latestCode,
  newWorld,
  restarted,
  signedUp,
  twenty,
  wrongFor,
  type World,
} from '../../fixtures/accounts.js';

const email = 'ada@example.com';
const canLogIn = async ({ services }: World, password: string): Promise<boolean> =>
  (await logIn(services)({ email, password }, contextFor())).ok;
const forgotten = async (changes: Parameters<typeof signedUp>[1] = {}) => {
  const world = newWorld();
  const accountId = await signedUp(world, changes);
  await requestOtp(world.services)({ email, purpose: 'password_reset' }, contextFor());
  return { world, accountId, code: await latestCode(world, 'password_reset', accountId) };
};

t.test('the code from the mail sets another password, and proves the address', async (t) => {
  const { world, accountId, code } = await forgotten();
  const outcome = await resetPassword(world.services)({ email, code, newPassword: 'difference' }, contextFor());
  t.match(outcome, { ok: true, value: { accountId } });
  t.match(await accountState(world, accountId), { emailVerified: true, credentialsVersion: 1 });
  t.same([await canLogIn(world, 'analytical'), await canLogIn(world, 'difference')], [false, true]);
  t.match(await resetPassword(world.services)({ email, code, newPassword: 'third' }, contextFor()), { rejection: 'otp-invalid' });
});

t.test('a confirmed code is as good', async (t) => {
  const { world, code } = await forgotten();
  t.match(await verifyOtp(world.services)({ email, code, purpose: 'password_reset' }, contextFor()), { ok: true });
  t.match(await resetPassword(world.services)({ email, code, newPassword: 'difference' }, contextFor()), { ok: true });
});

t.test('a wrong code costs a try and no hash; an unknown address is refused alike', async (t) => {
  const { world, code } = await forgotten();
  const hashed = world.passwords.hashed;
  const wrong = await resetPassword(world.services)({ email, code: wrongFor(code), newPassword: 'difference' }, contextFor());
  t.same(wrong, { ok: false, rejection: 'otp-invalid' });
  t.same(await resetPassword(world.services)({ email: 'nobody@example.com', code, newPassword: 'difference' }, contextFor()), wrong);
  t.equal(world.passwords.hashed, hashed);
  t.equal(await countOf(world, 'OtpRefused'), 1);
  t.ok(await canLogIn(world, 'analytical'));
});

t.test('pitfall 25: twenty resets at once with one code set one password', async (t) => {
  const { world, code } = await forgotten();
  const outcomes = await twenty((index) => resetPassword(world.services)({ email, code, newPassword: `new-${index}` }, contextFor()));
  const winners = outcomes.flatMap(({ ok }, index) => (ok ? [index] : []));
  t.equal(winners.length, 1);
  t.equal(await countOf(world, 'AccountPasswordChanged'), 1);
  t.ok(await canLogIn(world, `new-${winners.join()}`));
});

t.test('a repeated reset is answered alike; one that died after any step is completed by its repeat', async (t) => {
  for (const appends of [0, 1, 2, 3]) {
    const { world, code, accountId } = await forgotten();
    const context = contextFor();
    const input = { email, code, newPassword: 'difference' };
    await t.rejects(resetPassword(dyingAfter(appends, world).services)(input, context), { name: 'Crash' });
    const after = restarted(world);
    t.match(await resetPassword(after.services)(input, context), { ok: true, value: { accountId } }, `after ${appends}`);
    t.match(await resetPassword(after.services)(input, context), { ok: true, changed: true, value: { accountId } });
    t.match(await accountState(after, accountId), { emailVerified: true, credentialsVersion: 1 });
  }
});

t.test('an account of another provider gets its first password by mail', async (t) => {
  const { world, accountId, code } = await forgotten({ password: null, provider: 'google' });
  const change = { accountId, currentPassword: '', newPassword: 'difference' };
  t.match(await changePassword(world.services)(change, contextFor()), { rejection: 'password-not-set' });
  t.match(await resetPassword(world.services)({ email, code, newPassword: 'difference' }, contextFor()), { ok: true });
  t.ok(await canLogIn(world, 'difference'));
});

t.test('changing the password needs the current one', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const change = { accountId, currentPassword: 'analytical', newPassword: 'difference' };
  t.match(await changePassword(world.services)({ ...change, currentPassword: 'wrong' }, contextFor()), { rejection: 'wrong-password' });
  t.match(await changePassword(world.services)({ ...change, accountId: 'nobody' }, contextFor()), { rejection: 'account-not-found' });
  const context = contextFor();
  t.match(await changePassword(world.services)(change, context), { ok: true, value: { accountId } });
  t.match(await changePassword(restarted(world).services)(change, context), { ok: true, changed: true }, 'a repeat is answered alike');
  t.match(await changePassword(world.services)(change, contextFor()), { rejection: 'wrong-password' });
  t.same([await canLogIn(world, 'analytical'), await canLogIn(world, 'difference')], [false, true]);
});

t.test('the session that changes the password goes on, and all others end', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const opened = async (password = 'analytical') => {
    const session = await logIn(world.services)({ email, password }, contextFor());
    if (!session.ok) throw new Error(session.rejection);
    return session.value;
  };
  const refreshed = async ({ refreshToken }: { refreshToken: string }) => (await refreshSession(world.services)({ refreshToken }, contextFor())).ok;
  const [mine, other, late] = [await opened(), await opened(), await opened()];
  const change = { accountId, currentPassword: 'analytical', newPassword: 'difference', keptSessionId: mine.sessionId };
  await logOut(world.services)({ sessionId: late.sessionId }, contextFor());
  for (const keptSessionId of [late.sessionId, 'none']) {
    t.match(await changePassword(world.services)({ ...change, keptSessionId }, contextFor()), { rejection: 'session-superseded' });
  }
  const stranger = await signedUp(world, { email: 'bea@example.com' });
  t.match(await changePassword(world.services)({ ...change, accountId: stranger }, contextFor()), { rejection: 'session-superseded' }, 'a session of another account');
  t.match(await changePassword(world.services)(change, contextFor()), { ok: true });
  t.same([await refreshed(mine), await refreshed(other)], [true, false]);
  const again = { ...change, currentPassword: 'difference', newPassword: 'third', keptSessionId: (await opened('difference')).sessionId };
  t.match(await changePassword(world.services)(again, contextFor()), { ok: true });
  t.match(await changePassword(world.services)({ ...again, currentPassword: 'third', keptSessionId: mine.sessionId }, contextFor()), { rejection: 'session-superseded' });
  t.notOk(await canLogIn(world, 'difference'));
});

t.test('of twenty changes at once one is made', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const change = (index: number) => ({ accountId, currentPassword: 'analytical', newPassword: `new-${index}` });
  const outcomes = await twenty((index) => changePassword(world.services)(change(index), contextFor()));
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.equal(await countOf(world, 'AccountPasswordChanged'), 1);
});
