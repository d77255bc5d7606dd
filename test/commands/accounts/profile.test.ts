import t from 'tap';
import { changeProfile } from '../../../src/commands/accounts/change-profile.js';
import { completeRegistration } from '../../../src/commands/accounts/complete-registration.js';
import { findAccountByEmail } from '../../../src/commands/accounts/identifiers/find-account.js';
import { registerAccount } from '../../../src/commands/accounts/register-account.js';
import { verifyEmail } from '../../../src/commands/accounts/verify-email.js';
import { contextFor } from '../../fixtures/command-services.js';
import {
  accountState,
  ada,
  countOf,
  dyingAfter,
  eventsOf,
  latestCode,
  newWorld,
  restarted,
  signedUp,
  twenty,
  type World,
} from '../../fixtures/accounts.js';

const newEmail = 'Countess@example.com';
const holderOf = async ({ services }: World, email: string) => (await findAccountByEmail(services, email))?.account.accountId;

t.test('name and picture change; what is absent stays', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const outcome = await changeProfile(world.services)({ accountId, imageUrl: 'https://example.com/a.png' }, contextFor());
  t.match(outcome, { ok: true, value: { name: 'Ada', imageUrl: 'https://example.com/a.png' } });
  t.match(await changeProfile(world.services)({ accountId, name: 'Countess' }, contextFor()), { ok: true, value: { name: 'Countess' } });
  t.match(await changeProfile(world.services)({ accountId: 'nobody', name: 'X' }, contextFor()), { rejection: 'account-not-found' });
  t.match(await changeProfile(world.services)({ accountId: 'nobody', email: newEmail }, contextFor()), { rejection: 'account-not-found' });
});

t.test('issue 9.21: a new address is unverified, and the old one stays until it is verified, and 7 days longer', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  await verifyEmail(world.services)({ email: ada.email, code: await latestCode(world, 'email_verification', accountId) }, contextFor());
  const before = (await eventsOf(world)).length;
  const outcome = await changeProfile(world.services)({ accountId, email: ` ${newEmail} ` }, contextFor());
  t.match(outcome, { ok: true, changed: true, value: { email: newEmail, emailVerified: false } });
  const types = (await eventsOf(world)).slice(before).map(({ type }) => type);
  t.same(types, ['IdentifierReserved', 'AccountEmailChanged', 'IdentifierClaimed', 'OtpIssued']);
  t.equal(outcome.ok && outcome.position > BigInt(before), true);
  t.same([await holderOf(world, newEmail), await holderOf(world, ada.email)], [accountId, accountId]);
  const code = await latestCode(world, 'email_verification', accountId);
  t.match(await verifyEmail(world.services)({ email: newEmail, code }, contextFor()), { ok: true });
  t.same([await holderOf(world, newEmail), await holderOf(world, ada.email)], [accountId, undefined]);
  t.match(await registerAccount(world.services)(ada, contextFor()), { rejection: 'email-taken' }, 'while the change can be undone');
  world.clock.advance(7 * 24 * 3_600_000);
  t.not(await signedUp(world), accountId, 'then another person signs up with the old one');
});

t.test('the same address in other letters changes nothing', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const before = (await eventsOf(world)).length;
  t.match(await changeProfile(world.services)({ accountId, email: 'ADA@example.com' }, contextFor()), { ok: true, changed: false });
  t.equal((await eventsOf(world)).length, before);
});

t.test("another's address is refused, and nothing else is changed", async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const other = await signedUp(world, { email: newEmail });
  const outcome = await changeProfile(world.services)({ accountId, email: newEmail, name: 'Countess' }, contextFor());
  t.match(outcome, { rejection: 'email-taken' });
  t.match(await accountState(world, accountId), { name: 'Ada', email: ada.email });
  t.equal(await holderOf(world, newEmail), other);
});

t.test('twenty clicks at once change the address once', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const outcomes = await twenty(() => changeProfile(world.services)({ accountId, email: newEmail }, contextFor()));
  t.ok(outcomes.every(({ ok }) => ok));
  t.equal(await countOf(world, 'AccountEmailChanged'), 1);
});

t.test('of twenty accounts at once one gets an address', async (t) => {
  const world = newWorld();
  const accounts = await twenty((index) => signedUp(world, { email: `p${index}@example.com` }));
  const outcomes = await Promise.all(
    accounts.map((accountId) => changeProfile(world.services)({ accountId, email: newEmail }, contextFor())),
  );
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
});

t.test('a change that died after any step is completed by its repeat', async (t) => {
  for (const appends of [0, 1, 2, 3]) {
    const world = newWorld();
    const accountId = await signedUp(world);
    const context = contextFor();
    const change = { accountId, email: newEmail };
    await t.rejects(changeProfile(dyingAfter(appends, world).services)(change, context), { name: 'Crash' });
    const after = restarted(world);
    t.match(await changeProfile(after.services)(change, context), { ok: true, value: { email: newEmail } }, `after ${appends}`);
    t.equal(await countOf(after, 'OtpIssued'), 2);
    t.same([await holderOf(after, newEmail), await holderOf(after, ada.email)], [accountId, accountId]);
    const code = await latestCode(after, 'email_verification', accountId);
    t.match(await verifyEmail(after.services)({ email: newEmail, code }, contextFor()), { ok: true });
    t.match(await registerAccount(after.services)(ada, contextFor()), { ok: true }, 'the old address, which was never verified, is free');
  }
});

t.test('an address that a change left behind when it died is free', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  await changeProfile(world.services)({ accountId, email: newEmail }, contextFor());
  const code = await latestCode(world, 'email_verification', accountId);
  await t.rejects(verifyEmail(dyingAfter(2, world).services)({ email: newEmail, code }, contextFor()), { name: 'Crash' });
  const after = restarted(world);
  const second = await signedUp(after);
  t.same([await holderOf(after, newEmail), await holderOf(after, ada.email)], [accountId, second]);
  t.match(await changeProfile(after.services)({ accountId, email: ada.email }, contextFor()), { rejection: 'email-taken' });
});

t.test('an account may go back to the address it left', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  for (const email of [newEmail, ada.email, newEmail, ada.email]) {
    t.match(await changeProfile(world.services)({ accountId, email }, contextFor()), { ok: true });
    t.equal(await holderOf(world, email), accountId);
  }
});

t.test('a role is chosen once, and never admin', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world, { role: null });
  const choose = (role: 'admin' | 'seller' | 'student', id = accountId) =>
    completeRegistration(world.services)({ accountId: id, role }, contextFor());
  t.match(await choose('admin'), { rejection: 'role-not-allowed' });
  t.match(await choose('seller'), { ok: true, value: { role: 'seller' } });
  t.match(await choose('seller'), { rejection: 'role-already-chosen' });
  t.match(await choose('student'), { rejection: 'role-already-chosen', details: { role: 'seller' } });
  t.match(await choose('admin'), { rejection: 'role-already-chosen' });
  t.match(await choose('student', 'nobody'), { rejection: 'account-not-found' });
});
