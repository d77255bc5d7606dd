import t from 'tap';
import { changePassword } from '../../../src/commands/accounts/change-password.js';
import { logIn } from '../../../src/commands/accounts/log-in.js';
import { refreshSession } from '../../../src/commands/accounts/refresh-session.js';
import { contextFor, digestOf } from '../../fixtures/command-services.js';
import { accountState, ada, countOf, dyingAfter, newWorld, restarted, signedUp } from '../../fixtures/accounts.js';

const credentials = { email: 'ada@example.com', password: 'analytical' };

t.test('the right password opens a session', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const outcome = await logIn(world.services)(credentials, contextFor());
  t.match(outcome, {
    ok: true,
    value: { accountId, role: 'student', refreshToken: /^[0-9a-f-]{36}\.0\./, account: { emailVerified: false, name: 'Ada' } },
  });
  t.notOk(outcome.ok && 'passwordHash' in outcome.value.account, 'no hash leaves the core');
});

t.test('an unknown address and a wrong password are refused alike, after the same work', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const unknown = await logIn(world.services)({ ...credentials, email: 'nobody@example.com' }, contextFor());
  const wrong = await logIn(world.services)({ ...credentials, password: 'wrong' }, contextFor());
  t.same(unknown, { ok: false, rejection: 'wrong-credentials' });
  t.same(wrong, unknown);
  t.same(world.passwords.verified, [null, `1:${digestOf('analytical')}`], 'each is checked once');
  t.equal(await countOf(world, 'SessionOpened'), 0);
});

t.test('a surface whose document tells them apart may, after the same work', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const attempt = { ...credentials, password: 'wrong', distinguishUnknownEmail: true };
  t.match(await logIn(world.services)({ ...attempt, email: 'nobody@example.com' }, contextFor()), { rejection: 'unknown-account' });
  t.match(await logIn(world.services)(attempt, contextFor()), { rejection: 'wrong-password' });
  t.equal(world.passwords.verified.length, 2);
});

t.test('an account without a password has no password login', async (t) => {
  const world = newWorld();
  await signedUp(world, { password: null, provider: 'google' });
  t.match(await logIn(world.services)({ ...credentials, password: '' }, contextFor()), { rejection: 'wrong-credentials' });
});

t.test('an outdated hash is replaced, and the sessions stay', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const before = await logIn(world.services)(credentials, contextFor());
  world.passwords.cost = 2;
  t.match(await logIn(world.services)(credentials, contextFor()), { ok: true });
  t.match(await accountState(world, accountId), { passwordHash: `2:${digestOf('analytical')}`, credentialsVersion: 0 });
  t.match(await logIn(world.services)(credentials, contextFor()), { ok: true });
  t.equal(await countOf(world, 'AccountPasswordChanged'), 1, 'once');
  const refreshToken = before.ok ? before.value.refreshToken : '';
  t.match(await refreshSession(world.services)({ refreshToken }, contextFor()), { ok: true });
});

t.test('a repeated login is the same session, also when its answer was lost', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const context = contextFor();
  const first = await logIn(world.services)(credentials, context);
  t.same(await logIn(restarted(world).services)(credentials, context), first);
  t.equal(await countOf(world, 'SessionOpened'), 1);
});

t.test('a repeated login after a refresh gives the token that is good now', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const context = contextFor();
  const first = await logIn(world.services)(credentials, context);
  const refreshed = await refreshSession(world.services)({ refreshToken: first.ok ? first.value.refreshToken : '' }, contextFor());
  const again = await logIn(world.services)(credentials, context);
  t.equal(again.ok && again.value.refreshToken, refreshed.ok && refreshed.value.refreshToken);
});

t.test('a login that overtakes a change of the password opens a session that is over', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const { services } = world;
  let raced = false;
  const passwords = {
    hash: (password: string) => services.passwords.hash(password),
    isOutdated: () => false,
    verify: async (password: string, hash: string | null) => {
      const answer = await services.passwords.verify(password, hash);
      if (!raced) {
        raced = true;
        await changePassword(services)({ accountId, currentPassword: 'analytical', newPassword: 'difference' }, contextFor());
      }
      return answer;
    },
  };
  const opened = await logIn({ ...services, passwords })(credentials, contextFor());
  t.match(opened, { ok: true });
  const refreshToken = opened.ok ? opened.value.refreshToken : '';
  t.match(await refreshSession(services)({ refreshToken }, contextFor()), { rejection: 'session-ended' });
});

t.test('nothing is half done when the process dies before the session is open', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const context = contextFor();
  await t.rejects(logIn(dyingAfter(0, world).services)(credentials, context), { name: 'Crash' });
  t.match(await logIn(restarted(world).services)({ ...credentials, email: ada.email }, context), { ok: true });
});
