import t from 'tap';
import { changePassword } from '../../../src/commands/accounts/change-password.js';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { otpIdOf, requestOtp, requestOtpLater } from '../../../src/commands/accounts/issue-otp.js';
import { logIn } from '../../../src/commands/accounts/log-in.js';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import { printResetToken, readResetToken } from '../../../src/commands/accounts/reset-link.js';
import { resetPassword } from '../../../src/commands/accounts/reset-password.js';
import { resetPasswordByLink } from '../../../src/commands/accounts/reset-password-by-link.js';
import { verifyOtp } from '../../../src/commands/accounts/verify-otp.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { contextFor } from '../../fixtures/command-services.js';
import { accountState, countOf, dyingAfter, eventsOf, newWorld, restarted, signedUp, twenty, twoNodes, wrongFor, type World } from '../../fixtures/accounts.js';

const email = 'ada@example.com';
const minute = 60_000;

const ask = ({ services }: World) => requestOtp(services)({ email, purpose: 'password_reset_link', surface: 'academy' }, contextFor());
const mailed = async ({ services }: World, accountId: string) => {
  const { state } = await services.handler.load(aggregates.otp, otpIdOf('password_reset_link', accountId));
  if (state.status === 'none') throw new Error('no link was asked for');
  return { otpId: state.otpId, token: printResetToken(services.keys, { accountId, otpId: state.otpId }) };
};
const forgotten = async (world = newWorld()) => {
  const accountId = await signedUp(world);
  await ask(world);
  return { world, accountId, ...(await mailed(world, accountId)) };
};
const reset = ({ services }: World, token: string, newPassword = 'difference', context = contextFor()) =>
  resetPasswordByLink(services)({ token, newPassword }, context);
const canLogIn = async ({ services }: World, password: string) => (await logIn(services)({ email, password }, contextFor())).ok;
const refused = { ok: false, rejection: 'otp-invalid' };

t.test('the token of the mail sets another password once, ends all sessions and proves the address', async (t) => {
  const { world, accountId, token } = await forgotten();
  t.match(await reset(world, token), { ok: true, value: { accountId } });
  t.match(await accountState(world, accountId), { emailVerified: true, credentialsVersion: 1, keptSessionId: null });
  t.same([await canLogIn(world, 'analytical'), await canLogIn(world, 'difference')], [false, true]);
  t.same(await reset(world, token, 'third'), refused);
  t.ok(await canLogIn(world, 'difference'));
});

t.test('it is good for 15 minutes, and until the next one', async (t) => {
  const { world, accountId, token } = await forgotten();
  world.clock.advance(15 * minute - 1);
  await ask(world);
  const next = (await mailed(world, accountId)).token;
  t.same(await reset(world, token), refused, 'replaced');
  world.clock.advance(15 * minute);
  t.same(await reset(world, next), refused, 'a moment too late');
  await ask(world);
  world.clock.advance(15 * minute - 1);
  t.match(await reset(world, (await mailed(world, accountId)).token), { ok: true });
});

t.test('a token that was not signed here is refused before any work, and is no try of the right one', async (t) => {
  const { world, accountId, token, otpId } = await forgotten();
  const stranger = await signedUp(world, { email: 'bea@example.com' });
  const before = (await eventsOf(world)).length;
  const { hashed } = world.passwords;
  const signature = token.split('.')[2] ?? '';
  const forged = [
    '',
    'nonsense',
    otpId,
    oneTimeCode(world.services.keys, otpId),
    `${stranger}.${otpId}.${signature}`,
    `${accountId}.${stranger}.${signature}`,
    `${accountId}.${otpId}.${'A'.repeat(43)}`,
    `${token}x`,
    ` ${token}`,
    printResetToken(world.services.keys, { accountId: stranger, otpId }),
  ];
  for (const each of forged) t.same(await reset(world, each), refused, each);
  t.equal((await eventsOf(world)).length, before);
  t.equal(world.passwords.hashed, hashed);
  t.match(await reset(world, token), { ok: true });
});

t.test('the digits that go with its id are good nowhere, and wrong digits do not use it up', async (t) => {
  const { world, token, otpId } = await forgotten();
  const code = oneTimeCode(world.services.keys, otpId);
  t.same(await resetPassword(world.services)({ email, code, newPassword: 'third' }, contextFor()), refused);
  t.same(await verifyOtp(world.services)({ email, code, purpose: 'password_reset' }, contextFor()), refused);
  await requestOtp(world.services)({ email, purpose: 'password_reset' }, contextFor());
  t.same(await resetPassword(world.services)({ email, code, newPassword: 'third' }, contextFor()), refused, 'nor beside a code');
  for (let tries = 0; tries < 6; tries += 1) {
    await resetPassword(world.services)({ email, code: wrongFor(code), newPassword: 'third' }, contextFor());
  }
  t.match(await reset(world, token), { ok: true });
});

t.test('a password that was changed meanwhile, and an account that was deleted, void it', async (t) => {
  const { world, accountId, token } = await forgotten();
  await changePassword(world.services)({ accountId, currentPassword: 'analytical', newPassword: 'difference' }, contextFor());
  t.same(await reset(world, token, 'third'), refused);
  await ask(world);
  const { token: next } = await mailed(world, accountId);
  const admin = await signedUp(world, { email: 'root@example.com', role: 'admin', actorRole: 'admin' });
  await deleteAccount(world.services)({ actor: { accountId: admin, role: 'admin' }, accountId }, contextFor());
  t.same(await reset(world, next, 'third'), refused);
});

t.test('twenty resets at once with one token, on two nodes, set one password', async (t) => {
  const nodes = twoNodes();
  const { token } = await forgotten(nodes[0]);
  const outcomes = await twenty((index) => reset(nodes[index % 2 === 0 ? 0 : 1], token, `new-${index}`));
  const winners = outcomes.flatMap(({ ok }, index) => (ok ? [index] : []));
  t.equal(winners.length, 1);
  t.equal(await countOf(nodes[0], 'AccountPasswordChanged'), 1);
  t.ok(await canLogIn(nodes[0], `new-${winners.join()}`));
});

t.test('a repeated reset is answered alike; one that died after any step is completed by its repeat', async (t) => {
  for (const appends of [0, 1, 2, 3]) {
    const { world, token, accountId } = await forgotten();
    const context = contextFor();
    await t.rejects(reset(dyingAfter(appends, world), token, 'difference', context), { name: 'Crash' });
    const after = restarted(world);
    t.match(await reset(after, token, 'difference', context), { ok: true, value: { accountId } }, `after ${appends}`);
    t.match(await reset(after, token, 'difference', context), { ok: true, changed: true, value: { accountId } });
    t.match(await accountState(after, accountId), { emailVerified: true, credentialsVersion: 1 });
  }
});

t.test('an unknown address is asked for alike, and nothing is kept of it', async (t) => {
  const world = newWorld();
  await requestOtpLater(world.services)({ email: 'nobody@example.com', purpose: 'password_reset_link', surface: 'academy' }, contextFor());
  t.same(await eventsOf(world), []);
});

t.test('a token says what it stands for, to who has the secret', async (t) => {
  const { world, accountId, token, otpId } = await forgotten();
  t.same(readResetToken(world.services.keys, token), { accountId, otpId });
  t.equal(readResetToken({ sign: (_, message) => Buffer.from(message.padEnd(32).slice(0, 32)) }, token), undefined);
});
