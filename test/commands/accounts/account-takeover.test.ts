import t from 'tap';
import { activateAccount } from '../../../src/commands/accounts/activate-account.js';
import { changeContact } from '../../../src/commands/accounts/change-contact.js';
import { changePassword } from '../../../src/commands/accounts/change-password.js';
import { changeProfile } from '../../../src/commands/accounts/change-profile.js';
import { emailIdOf, findAccountByEmail } from '../../../src/commands/accounts/identifiers/find-account.js';
import { otpIdOf, requestOtp } from '../../../src/commands/accounts/issue-otp.js';
import { logIn } from '../../../src/commands/accounts/log-in.js';
import { registerAccount } from '../../../src/commands/accounts/register-account.js';
import { resetPassword } from '../../../src/commands/accounts/reset-password.js';
import { undoAccountChange } from '../../../src/commands/accounts/undo-account-change.js';
import { printUndoToken } from '../../../src/commands/accounts/undo-token.js';
import { verifyEmail } from '../../../src/commands/accounts/verify-email.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { OtpPurpose } from '../../../src/domain/otp/events.js';
import { contextFor } from '../../fixtures/command-services.js';
import { accountState, ada, countOf, latestCode, newWorld, signedUp, type World } from '../../fixtures/accounts.js';

const old = 'ada@example.com';
const other = 'eve@example.com';
const WEEK_MS = 7 * 24 * 3_600_000;

const canLogIn = async ({ services }: World, email: string, password = 'analytical'): Promise<boolean> =>
  (await logIn(services)({ email, password, needsVerifiedEmail: true }, contextFor())).ok;

const verify = async (world: World, accountId: string, email: string) =>
  verifyEmail(world.services)({ email, code: await latestCode(world, 'email_verification', accountId) }, contextFor());

const issuedTo = async ({ services }: World, accountId: string, purpose: OtpPurpose) => {
  const { state } = await services.handler.load(aggregates.otp, otpIdOf(purpose, accountId));
  if (state.status === 'none') throw new Error('no code was issued');
  return state;
};

const activated = async (changes: Parameters<typeof signedUp>[1] = {}) => {
  const world = newWorld();
  const accountId = await signedUp(world, { email: old, ...changes });
  await verify(world, accountId, old);
  const move = (email: string) => changeProfile(world.services)({ accountId, email }, contextFor());
  const moveWithPassword = (email: string) => changeContact(world.services)({ accountId, email, password: 'analytical' }, contextFor());
  const reset = async (email: string, newPassword = 'difference') => {
    await requestOtp(world.services)({ email, purpose: 'password_reset' }, contextFor());
    const code = await latestCode(world, 'password_reset', accountId);
    return resetPassword(world.services)({ email, code, newPassword }, contextFor());
  };
  const tokens = async () => {
    const { undoable } = await accountState(world, accountId);
    return undoable.map(({ changeId }) => printUndoToken(world.services.keys, { accountId, changeId }));
  };
  const undo = (token = '') => undoAccountChange(world.services)({ token }, contextFor());
  return { world, accountId, move, moveWithPassword, reset, tokens, undo };
};

t.test('issue 9.21: an address that was changed without the password neither logs in nor gets codes until it is verified', async (t) => {
  const { world, accountId, move, reset } = await activated();
  t.match(await move(other), { ok: true, value: { email: other, emailVerified: false } });
  t.same([await canLogIn(world, other), await canLogIn(world, old)], [false, true]);
  await requestOtp(world.services)({ email: other, purpose: 'password_reset' }, contextFor());
  const { emailId } = await issuedTo(world, accountId, 'password_reset');
  t.equal(emailId, emailIdOf(old), 'whoever asks for it, the code goes to the verified address');
  t.match(await reset(old), { ok: true });
  t.match(await accountState(world, accountId), { email: old, emailVerified: true, loginEmail: old }, 'the reset ends the change');
  t.match(await registerAccount(world.services)({ ...ada, email: other }, contextFor()), { ok: true });
});

t.test('issue 9.21: once it is verified it logs in, and the old one does not', async (t) => {
  const { world, accountId, move } = await activated();
  await move(other);
  const code = await latestCode(world, 'email_verification', accountId);
  t.match(await activateAccount(world.services)({ email: other, code }, contextFor()), { rejection: 'log-in-required' }, 'it opens no session');
  t.same([await canLogIn(world, other), await canLogIn(world, old)], [true, false]);
  t.match(await accountState(world, accountId), { email: other, emailVerified: true, recoveryEmail: other });
});

t.test('issue 9.21: an address that was changed with the password logs in at once, and codes go to the verified one', async (t) => {
  const { world, accountId, moveWithPassword } = await activated();
  t.match(await moveWithPassword(other), { ok: true, value: { email: other, emailVerified: false } });
  t.same([await canLogIn(world, other), await canLogIn(world, old)], [true, false], 'and the account stays activated');
  await requestOtp(world.services)({ email: other, purpose: 'password_reset' }, contextFor());
  t.equal((await issuedTo(world, accountId, 'password_reset')).emailId, emailIdOf(old));
  t.match(await verify(world, accountId, other), { ok: true });
  await requestOtp(world.services)({ email: other, purpose: 'password_reset' }, contextFor());
  t.equal((await issuedTo(world, accountId, 'password_reset')).emailId, emailIdOf(other));
});

t.test('issue 9.21: a changed password ends a change of the address that nobody proved', async (t) => {
  const { world, accountId, move } = await activated();
  await move(other);
  const code = await latestCode(world, 'email_verification', accountId);
  await changePassword(world.services)({ accountId, currentPassword: 'analytical', newPassword: 'difference' }, contextFor());
  t.match(await verifyEmail(world.services)({ email: other, code }, contextFor()), { rejection: 'otp-invalid' });
  t.match(await accountState(world, accountId), { email: old, emailVerified: true });
  t.equal(await findAccountByEmail(world.services, other), undefined);
});

t.test('issue 9.21: the owner of the verified address takes the account back, whatever was done since', async (t) => {
  const { world, accountId, move, reset, tokens, undo } = await activated({ role: 'admin', actorRole: 'admin', twoFactor: true });
  await move(other);
  const [first] = await tokens();
  await verify(world, accountId, other);
  t.match(await reset(other, 'stolen it'), { ok: true });
  for (let index = 0; index < 30; index += 1) await move(`eve${index}@example.com`);
  t.equal((await tokens())[0], first, 'nobody pushes the way back out of the list');
  t.match(await undo(first), { ok: true, value: { accountId } });
  const after = await accountState(world, accountId);
  t.match(after, { email: old, emailVerified: true, loginEmail: old, recoveryEmail: old, passwordHash: null, twoFactor: true, undoable: [] });
  t.equal(await canLogIn(world, other, 'stolen it'), false);
  const code = await latestCode(world, 'password_reset', accountId);
  t.match(await resetPassword(world.services)({ email: old, code, newPassword: 'my own again' }, contextFor()), { ok: true });
  t.match(await undo(first), { rejection: 'undo-not-possible' }, 'once');
});

t.test('issue 9.21: who undoes a later change takes no way back from the one before', async (t) => {
  const { world, accountId, move, tokens, undo } = await activated();
  await move(other);
  await verify(world, accountId, other);
  await move('mallory@example.com');
  const all = await tokens();
  t.equal(all.length, 3, 'the change, its verification, the next change');
  t.match(await undo(all[2]), { ok: true });
  t.match(await accountState(world, accountId), { email: other });
  t.match(await undo(all[0]), { ok: true });
  t.match(await accountState(world, accountId), { email: old });
});

t.test('issue 9.21: a change can be undone for 7 days, and with its own token only', async (t) => {
  const { world, accountId, move, tokens, undo } = await activated();
  await move(other);
  const [token = ''] = await tokens();
  const refused = { rejection: 'undo-not-possible' };
  for (const wrong of ['', 'x', `${token}x`, token.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A')), token.replace(accountId, contextFor().commandId)]) {
    t.match(await undo(wrong), refused, wrong);
  }
  world.clock.advance(WEEK_MS);
  t.match(await undo(token), refused);
  t.equal(await countOf(world, 'AccountChangeUndone'), 0);
});

t.test('issue 9.21: a changed and a reset password can be undone; a stranger at an unverified address is offered nothing', async (t) => {
  const { world, accountId, reset, tokens, undo } = await activated();
  await changePassword(world.services)({ accountId, currentPassword: 'analytical', newPassword: 'difference' }, contextFor());
  await reset(old, 'another one');
  const [first, second] = await tokens();
  t.match(await undo(second), { ok: true });
  t.match(await undo(first), { ok: true });
  const fresh = newWorld();
  const id = await signedUp(fresh);
  await changeProfile(fresh.services)({ accountId: id, email: other }, contextFor());
  await changePassword(fresh.services)({ accountId: id, currentPassword: 'analytical', newPassword: 'difference' }, contextFor());
  t.match(await accountState(fresh, id), { undoable: [] });
});

t.test('issue 9.21: back at the verified address there is nothing to prove', async (t) => {
  const { world, accountId, move } = await activated();
  await move(other);
  t.match(await move(old), { ok: true, value: { email: old, emailVerified: true } });
  t.equal(await canLogIn(world, old), true);
  t.match(await accountState(world, accountId), { loginEmail: old, recoveryEmail: old });
});
