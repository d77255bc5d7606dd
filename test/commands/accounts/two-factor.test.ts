import t from 'tap';
import { logIn } from '../../../src/commands/accounts/log-in.js';
import { refreshSession } from '../../../src/commands/accounts/refresh-session.js';
import { resetPassword } from '../../../src/commands/accounts/reset-password.js';
import { requestOtp } from '../../../src/commands/accounts/issue-otp.js';
import { confirmTwoFactor, disableTwoFactor, requestTwoFactor } from '../../../src/commands/accounts/two-factor.js';
import { undoAccountChange } from '../../../src/commands/accounts/undo-account-change.js';
import { printUndoToken } from '../../../src/commands/accounts/undo-token.js';
import { verifyEmail } from '../../../src/commands/accounts/verify-email.js';
import { verifyLoginCode } from '../../../src/commands/accounts/verify-login-code.js';
import { contextFor } from '../../fixtures/command-services.js';
import { accountState, countOf, latestCode, newWorld, signedUp, twenty, worldOver, wrongFor, type World } from '../../fixtures/accounts.js';

const email = 'ada@example.com';
const password = 'analytical';

const session = async ({ services }: World, otp?: string) => {
  const outcome = await logIn(services)({ email, password, ...(otp === undefined ? {} : { otp }) }, contextFor());
  if (!outcome.ok) throw new Error(outcome.rejection);
  return outcome.value;
};

const verified = async (world = newWorld(), changes: Parameters<typeof signedUp>[1] = {}) => {
  const accountId = await signedUp(world, changes);
  await verifyEmail(world.services)({ email, code: await latestCode(world, 'email_verification', accountId) }, contextFor());
  const request = () => requestTwoFactor(world.services)({ accountId }, contextFor());
  const code = () => latestCode(world, 'two_factor_change', accountId);
  const confirm = (sessionId: string, given: string) => confirmTwoFactor(world.services)({ accountId, sessionId, code: given }, contextFor());
  const disable = (sessionId: string, proof: { password?: string; otp?: string } = {}) =>
    disableTwoFactor(world.services)({ accountId, sessionId, ...proof }, contextFor());
  return { world, accountId, request, code, confirm, disable };
};

const enabled = async (world = newWorld()) => {
  const person = await verified(world);
  const { sessionId } = await session(world);
  await person.request();
  const outcome = await person.confirm(sessionId, await person.code());
  if (!outcome.ok) throw new Error(outcome.rejection);
  return { ...person, sessionId };
};

t.test('two-factor is on once the code from the mail was given, not before', async (t) => {
  const { world, accountId, request, code, confirm } = await verified();
  const { sessionId } = await session(world);
  t.match(await confirm(sessionId, '123456'), { rejection: 'otp-invalid' }, 'none was asked for');
  t.match(await request(), { ok: true });
  t.match(await confirm(sessionId, wrongFor(await code())), { rejection: 'otp-invalid' });
  t.match(await accountState(world, accountId), { twoFactor: false });
  t.match(await confirm(sessionId, await code()), { ok: true, changed: true });
  t.match(await accountState(world, accountId), { twoFactor: true });
  t.same(await request(), { ok: false, rejection: 'two-factor-on' });
  t.same(await confirm(sessionId, await code()), { ok: false, rejection: 'two-factor-on' });
});

t.test('the code of another purpose turns nothing on, nor does this one log in', async (t) => {
  const { world, accountId, request, code, confirm } = await verified();
  const { sessionId } = await session(world);
  await requestOtp(world.services)({ email, purpose: 'login_verification' }, contextFor());
  t.match(await confirm(sessionId, await latestCode(world, 'login_verification', accountId)), { rejection: 'otp-invalid' });
  await request();
  t.match(await verifyLoginCode(world.services)({ email, code: await code() }, contextFor()), { rejection: 'otp-invalid' });
});

t.test('it needs a verified address, because codes go there', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  t.same(await requestTwoFactor(world.services)({ accountId }, contextFor()), { ok: false, rejection: 'email-not-verified' });
  t.same(await requestTwoFactor(world.services)({ accountId: 'nobody' }, contextFor()), { ok: false, rejection: 'account-not-found' });
});

t.test('the session that turned it on goes on, all others end', async (t) => {
  const { world, request, code, confirm } = await verified();
  const [mine, another] = [await session(world), await session(world)];
  await request();
  t.match(await confirm(mine.sessionId, await code()), { ok: true });
  const refresh = (refreshToken: string) => refreshSession(world.services)({ refreshToken }, contextFor());
  t.match(await refresh(mine.refreshToken), { ok: true });
  t.match(await refresh(another.refreshToken), { rejection: 'session-ended' });
  t.match(await logIn(world.services)({ email, password }, contextFor()), { rejection: 'second-factor-required' });
});

t.test('another’s session, or one that has ended, turns nothing on', async (t) => {
  const { world, accountId, request, code, confirm } = await verified();
  const { sessionId } = await session(world);
  await signedUp(world, { email: 'bea@example.com' });
  const bea = await logIn(world.services)({ email: 'bea@example.com', password }, contextFor());
  await request();
  t.match(await confirm(bea.ok ? bea.value.sessionId : '', await code()), { rejection: 'session-ended' });
  t.match(await confirm('none', await code()), { rejection: 'session-ended' });
  await requestOtp(world.services)({ email, purpose: 'password_reset' }, contextFor());
  await resetPassword(world.services)({ email, code: await latestCode(world, 'password_reset', accountId), newPassword: 'difference' }, contextFor());
  await request();
  t.match(await confirm(sessionId, await code()), { rejection: 'session-ended' });
  t.match(await accountState(world, accountId), { twoFactor: false });
});

t.test('pitfall 25: twenty uses of one code at once turn it on once', async (t) => {
  const { world, request, code, confirm } = await verified();
  const { sessionId } = await session(world);
  await request();
  const right = await code();
  const outcomes = await twenty(() => confirm(sessionId, right));
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.equal(await countOf(world, 'AccountTwoFactorEnabled'), 1);
});

t.test('turning it off soon after a login needs nothing more', async (t) => {
  const { world, accountId, disable, sessionId } = await enabled();
  world.clock.advance(9 * 60_000);
  t.match(await disable(sessionId), { ok: true, changed: true });
  t.match(await accountState(world, accountId), { twoFactor: false });
  t.match(await disable(sessionId), { ok: true, changed: false });
  t.match(await logIn(world.services)({ email, password }, contextFor()), { ok: true });
});

t.test('later it needs the password or a code, which is mailed to who has neither', async (t) => {
  const { world, accountId, code, disable, sessionId } = await enabled();
  world.clock.advance(10 * 60_000);
  t.same(await disable(sessionId), { ok: false, rejection: 'two-factor-proof-required' });
  t.match(await disable(sessionId, { password: 'wrong' }), { rejection: 'wrong-password' });
  t.match(await disable(sessionId, { otp: wrongFor(await code()) }), { rejection: 'otp-invalid' });
  t.match(await accountState(world, accountId), { twoFactor: true });
  t.match(await disable(sessionId, { otp: await code() }), { ok: true });

  const again = await enabled();
  again.world.clock.advance(3_600_000);
  t.match(await again.disable(again.sessionId, { password }), { ok: true });
});

t.test('a wrong password is refused also soon after a login', async (t) => {
  const { disable, sessionId } = await enabled();
  t.match(await disable(sessionId, { password: 'wrong' }), { rejection: 'wrong-password' });
});

t.test('an account without a password turns it off with a code', async (t) => {
  const { world, accountId, disable, code, sessionId } = await enabled();
  world.clock.advance(3_600_000);
  t.same(await disable(sessionId), { ok: false, rejection: 'two-factor-proof-required' });
  t.match(await disable(sessionId, { otp: await code() }), { ok: true });
  const [undoable] = (await accountState(world, accountId)).undoable;
  await undoAccountChange(world.services)({ token: printUndoToken(world.services.keys, { accountId, changeId: undoable?.changeId ?? '' }) }, contextFor());
  t.match(await accountState(world, accountId), { twoFactor: true, passwordHash: null }, 'undone, it is on again');
  world.clock.advance(3_600_000);
  t.match(await disable(sessionId, { password }), { rejection: 'password-not-set' });
});

t.test('where every admin needs it, an admin’s stays on', async (t) => {
  const base = newWorld();
  const demanding: World = { ...base, services: { ...base.services, settings: { ...base.services.settings, adminSecondFactor: true } } };
  const accountId = await signedUp(demanding, { role: 'admin', actorRole: 'admin', twoFactor: true });
  const disable = ({ services }: World) => disableTwoFactor(services)({ accountId, sessionId: 'none', password }, contextFor());
  t.same(await disable(demanding), { ok: false, rejection: 'two-factor-mandatory' });
  t.match(await accountState(demanding, accountId), { twoFactor: true });
  t.match(await disable(worldOver(base.store, base.clock)), { ok: true }, 'elsewhere it is theirs to turn off');
});

t.test('the code of a login under way opens the session; one that was only asked for opens nothing', async (t) => {
  const { world, accountId } = await enabled();
  const verify = (code: string) => verifyLoginCode(world.services)({ email, code }, contextFor());
  await requestOtp(world.services)({ email, purpose: 'login_verification' }, contextFor());
  t.match(await verify(await latestCode(world, 'login_verification', accountId)), { ok: true, value: null });
  await logIn(world.services)({ email, password }, contextFor());
  const code = await latestCode(world, 'second_factor', accountId);
  t.match(await verify(code), { ok: true, value: { accountId } });
  t.match(await verify(code), { rejection: 'otp-invalid' });
  t.match(await verifyLoginCode(world.services)({ email: 'nobody@example.com', code }, contextFor()), { rejection: 'otp-invalid' });
});
