import t from 'tap';
import { changeProfile } from '../../../src/commands/accounts/change-profile.js';
import { ensureFirstAdmin } from '../../../src/commands/accounts/ensure-first-admin.js';
import { logIn } from '../../../src/commands/accounts/log-in.js';
import { contextFor } from '../../fixtures/command-services.js';
import { accountState, countOf, dyingAfter, eventsOf, newWorld, restarted, signedUp, twoNodes } from '../../fixtures/accounts.js';

const admin = { email: 'Root@example.com', password: 'first-password' };

t.test('the first admin is there at the first start, verified, without a mail', async (t) => {
  const world = newWorld();
  const outcome = await ensureFirstAdmin(world.services)(admin);
  t.match(outcome, { ok: true });
  t.match(await accountState(world, outcome.ok ? outcome.value.accountId : ''), { role: 'admin', emailVerified: true, email: 'Root@example.com' });
  t.equal(await countOf(world, 'OtpIssued'), 0);
  t.match(await logIn(world.services)(admin, contextFor()), { ok: true, value: { role: 'admin' } });
});

t.test('later starts change nothing, whatever the password in the configuration', async (t) => {
  const world = newWorld();
  await ensureFirstAdmin(world.services)(admin);
  const before = (await eventsOf(world)).length;
  t.match(await ensureFirstAdmin(restarted(world).services)({ email: 'root@example.com', password: 'another' }), { ok: true });
  t.equal((await eventsOf(world)).length, before);
  t.match(await logIn(world.services)(admin, contextFor()), { ok: true });
});

t.test('two nodes that start at once make one', async (t) => {
  const [one, other] = twoNodes();
  const outcomes = await Promise.all([ensureFirstAdmin(one.services)(admin), ensureFirstAdmin(other.services)(admin)]);
  t.equal(new Set(outcomes.map((outcome) => (outcome.ok ? outcome.value.accountId : outcome.rejection))).size, 1);
  t.equal(await countOf(one, 'AccountRegistered'), 1);
});

t.test('a start that died after any step is completed by the next', async (t) => {
  for (const appends of [0, 1, 2, 3]) {
    const world = newWorld();
    await t.rejects(ensureFirstAdmin(dyingAfter(appends, world).services)(admin), { name: 'Crash' });
    const outcome = await ensureFirstAdmin(restarted(world).services)(admin);
    t.match(await accountState(restarted(world), outcome.ok ? outcome.value.accountId : ''), { role: 'admin', emailVerified: true });
    t.equal(await countOf(world, 'AccountRegistered'), 1);
  }
});

t.test('an admin whose address has changed is not made again', async (t) => {
  const world = newWorld();
  const first = await ensureFirstAdmin(world.services)(admin);
  const accountId = first.ok ? first.value.accountId : '';
  await changeProfile(world.services)({ accountId, email: 'elsewhere@example.com' }, contextFor());
  t.match(await ensureFirstAdmin(world.services)(admin), { ok: true, value: { accountId } });
  t.match(await accountState(world, accountId), { email: 'elsewhere@example.com', emailVerified: false });
  t.equal(await countOf(world, 'AccountRegistered'), 1);
});

t.test('whoever signed up with that address before is not promoted', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world, { email: 'root@example.com' });
  t.match(await ensureFirstAdmin(world.services)(admin), { rejection: 'email-taken' });
  t.match(await accountState(world, accountId), { role: 'student' });
});

t.test('an admin who signed up with that address is the one, and verified', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world, { email: 'root@example.com', role: 'admin', actorRole: 'admin' });
  t.match(await ensureFirstAdmin(world.services)(admin), { ok: true, value: { accountId } });
  t.match(await accountState(world, accountId), { emailVerified: true });
});
