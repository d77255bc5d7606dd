import t from 'tap';
import type { Actor } from '../../../src/commands/actor.js';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { ensureFirstAdmin } from '../../../src/commands/accounts/ensure-first-admin.js';
import { requestOtp } from '../../../src/commands/accounts/issue-otp.js';
import { logIn } from '../../../src/commands/accounts/log-in.js';
import { refreshSession } from '../../../src/commands/accounts/refresh-session.js';
import { changeAvatar } from '../../../src/commands/accounts/change-avatar.js';
import { contextFor } from '../../fixtures/command-services.js';
import { countOf, dyingAfter, eventsOf, newWorld, restarted, signedUp, twenty } from '../../fixtures/accounts.js';

const phone = { countryCode: '+1', number: '2465550100' };
const identifiers = { username: 'ada', phone, nim: '24/123456/PA/654321' };

const world = async () => {
  const made = newWorld();
  const actor: Actor = { accountId: await signedUp(made, { email: 'root@example.com', role: 'admin', actorRole: 'admin' }), role: 'admin' };
  const accountId = await signedUp(made, { ...identifiers, avatarFile: 'avatars/a.png' });
  return { made, actor, accountId };
};

t.test('a deleted account is unknown: no login, no refresh, no code', async (t) => {
  const { made, actor, accountId } = await world();
  const credentials = { email: 'ada@example.com', password: 'analytical' };
  const opened = await logIn(made.services)(credentials, contextFor());
  const outcome = await deleteAccount(made.services)({ actor, accountId }, contextFor());
  t.match(outcome, { ok: true, value: { avatarFile: 'avatars/a.png' } });
  t.match(await logIn(made.services)(credentials, contextFor()), { rejection: 'wrong-credentials' });
  t.match(await logIn(made.services)({ ...credentials, distinguishUnknownEmail: true }, contextFor()), { rejection: 'unknown-account' });
  t.equal(made.passwords.verified.at(-1), null, 'after as long a check');
  const refreshToken = opened.ok ? opened.value.refreshToken : '';
  t.match(await refreshSession(made.services)({ refreshToken }, contextFor()), { rejection: 'session-ended' });
  const before = (await eventsOf(made)).length;
  await requestOtp(made.services)({ email: credentials.email, purpose: 'password_reset' }, contextFor());
  t.equal((await eventsOf(made)).length, before);
  t.match(await deleteAccount(made.services)({ actor, accountId }, contextFor()), { rejection: 'account-not-found' });
});

t.test('its address, username, phone and student number are free, also when the deletion died', async (t) => {
  for (const appends of [1, 2, 3, 4, 5]) {
    const { made, actor, accountId } = await world();
    const deletion = deleteAccount(dyingAfter(appends, made).services)({ actor, accountId }, contextFor());
    if (appends < 5) await t.rejects(deletion, { name: 'Crash' });
    else await deletion;
    t.not(await signedUp(restarted(made), identifiers), accountId, `after ${appends}`);
  }
});

t.test('a deletion that died is completed by its repeat', async (t) => {
  const { made, actor, accountId } = await world();
  const context = contextFor();
  await t.rejects(deleteAccount(dyingAfter(2, made).services)({ actor, accountId }, context), { name: 'Crash' });
  t.match(await deleteAccount(restarted(made).services)({ actor, accountId }, context), { ok: true, value: { avatarFile: 'avatars/a.png' } });
  t.equal(await countOf(made, 'IdentifierReleased'), 4);
});

t.test('only an admin who is one still deletes, and never the own account', async (t) => {
  const { made, actor, accountId } = await world();
  const refused = { rejection: 'account-not-permitted' };
  t.match(await deleteAccount(made.services)({ actor: { accountId, role: 'student' }, accountId }, contextFor()), refused);
  t.match(await deleteAccount(made.services)({ actor, accountId: actor.accountId }, contextFor()), { rejection: 'own-account' });
  t.match(await deleteAccount(made.services)({ actor, accountId: 'nobody' }, contextFor()), { rejection: 'account-not-found' });
  const second: Actor = { accountId: await signedUp(made, { email: 'two@example.com', role: 'admin', actorRole: 'admin' }), role: 'admin' };
  t.match(await deleteAccount(made.services)({ actor: second, accountId: actor.accountId }, contextFor()), { ok: true });
  t.match(await deleteAccount(made.services)({ actor, accountId: second.accountId }, contextFor()), refused);
});

t.test('twenty deletions at once delete once', async (t) => {
  const { made, actor, accountId } = await world();
  const outcomes = await twenty(() => deleteAccount(made.services)({ actor, accountId }, contextFor()));
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.equal(await countOf(made, 'AccountDeleted'), 1);
});

t.test('the first admin that was deleted is made again at the next start', async (t) => {
  const { made, actor } = await world();
  const admin = { email: 'first@example.com', password: 'secret' };
  const first = await ensureFirstAdmin(made.services)(admin);
  const firstId = first.ok ? first.value.accountId : '';
  t.match(await deleteAccount(made.services)({ actor, accountId: firstId }, contextFor()), { ok: true });
  const again = await ensureFirstAdmin(made.services)(admin);
  t.not(again.ok && again.value.accountId, firstId);
  t.same((await ensureFirstAdmin(restarted(made).services)(admin)), again);
});

t.test('a picture says which one it replaced', async (t) => {
  const { made, accountId } = await world();
  const picture = { avatarFile: 'avatars/b.png', imageUrl: '/files/avatars/b.png' };
  t.match(await changeAvatar(made.services)({ accountId, ...picture }, contextFor()), {
    ok: true,
    value: { replacedFile: 'avatars/a.png', account: picture },
  });
  t.match(await changeAvatar(made.services)({ accountId: 'nobody', ...picture }, contextFor()), { rejection: 'account-not-found' });
});
