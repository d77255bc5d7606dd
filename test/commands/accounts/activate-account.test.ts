import t from 'tap';
import { activateAccount } from '../../../src/commands/accounts/activate-account.js';
import { requestOtp } from '../../../src/commands/accounts/issue-otp.js';
import { logIn } from '../../../src/commands/accounts/log-in.js';
import { contextFor } from '../../fixtures/command-services.js';
import { accountState, countOf, dyingAfter, latestCode, newWorld, restarted, signedUp, twenty, wrongFor } from '../../fixtures/accounts.js';

const email = 'ada@example.com';
const invalid = { ok: false, rejection: 'otp-invalid' };

t.test('where an account has to be activated, a login before is refused, for who knows the password', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const enter = (password: string) => logIn(world.services)({ email, password, needsVerifiedEmail: true }, contextFor());
  t.match(await enter('analytical'), { rejection: 'email-not-verified' });
  t.match(await enter('wrong'), { rejection: 'wrong-credentials' });
  const code = await latestCode(world, 'email_verification', accountId);
  t.same(await activateAccount(world.services)({ email, code: wrongFor(code) }, contextFor()), invalid);
  t.match(await activateAccount(world.services)({ email, code }, contextFor()), { ok: true, value: { accountId, account: { emailVerified: true } } });
  t.match(await enter('analytical'), { ok: true });
});

t.test('twenty activations at once open one session', async (t) => {
  const world = newWorld();
  const code = await latestCode(world, 'email_verification', await signedUp(world));
  const outcomes = await twenty(() => activateAccount(world.services)({ email, code }, contextFor()));
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.equal(await countOf(world, 'SessionOpened'), 1);
});

t.test('a code opens nothing for an account that is active', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const first = await latestCode(world, 'email_verification', accountId);
  await activateAccount(world.services)({ email, code: first }, contextFor());
  await requestOtp(world.services)({ email, purpose: 'email_verification' }, contextFor());
  const code = await latestCode(world, 'email_verification', accountId);
  t.same(await activateAccount(world.services)({ email, code }, contextFor()), invalid);
  t.same(await activateAccount(world.services)({ email: 'nobody@example.com', code }, contextFor()), invalid);
  t.equal(await countOf(world, 'SessionOpened'), 1);
});

t.test('an activation that died after any step is completed by its repeat', async (t) => {
  for (const appends of [0, 1, 2]) {
    const world = newWorld();
    const accountId = await signedUp(world);
    const code = await latestCode(world, 'email_verification', accountId);
    const context = contextFor();
    await t.rejects(activateAccount(dyingAfter(appends, world).services)({ email, code }, context), { name: 'Crash' });
    t.match(await activateAccount(restarted(world).services)({ email, code }, context), { ok: true }, `after ${appends}`);
    t.match(await accountState(restarted(world), accountId), { emailVerified: true });
  }
});
