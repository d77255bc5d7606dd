import t from 'tap';
import { changeContact } from '../../../src/commands/accounts/change-contact.js';
import { registerAccount, type RegisterAccountInput } from '../../../src/commands/accounts/register-account.js';
import { contextFor } from '../../fixtures/command-services.js';
import {
  accountState,
  ada,
  countOf,
  dyingAfter,
  eventsOf,
  newWorld,
  restarted,
  signedUp,
  twenty,
  twoNodes,
  type World,
} from '../../fixtures/accounts.js';

const phone = { countryCode: '+1', number: '2465550100' };
const countess: RegisterAccountInput = {
  ...ada,
  name: { firstName: 'Ada', middleName: 'King', lastName: 'Lovelace' },
  username: ' Countess ',
  phone,
};
const register = ({ services }: World, changes: Partial<RegisterAccountInput>, context = contextFor()) =>
  registerAccount(services)({ ...countess, ...changes }, context);
const wins = (outcomes: readonly { readonly ok: boolean }[]): number => outcomes.filter(({ ok }) => ok).length;
const refusals = (outcomes: readonly ({ ok: true } | { ok: false; rejection: string })[]) =>
  new Set(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.rejection])));

t.test('an account with a name in parts, a username and a phone number', async (t) => {
  const world = newWorld();
  t.match(await register(world, { avatarFile: 'avatars/a.png' }), {
    ok: true,
    value: { name: 'Ada King Lovelace', fullName: { middleName: 'King' }, username: 'Countess', phone, avatarFile: 'avatars/a.png', twoFactor: false },
  });
  t.equal(await countOf(world, 'IdentifierClaimed'), 3);
});

t.test('each of them is taken, however it is written, and the rest is free again at once', async (t) => {
  const world = newWorld();
  t.match(await register(world, {}), { ok: true });
  const other = { email: 'bea@example.com', username: 'bea', phone: { countryCode: '+49', number: '2285550100' } };
  t.match(await register(world, { ...other, email: 'ADA@example.com' }), { rejection: 'email-taken' });
  t.match(await register(world, { ...other, username: 'COUNTESS' }), { rejection: 'username-taken' });
  t.match(await register(world, { ...other, phone: { countryCode: '001246', number: '555-0100' } }), { rejection: 'phone-taken' });
  t.match(await register(world, other), { ok: true });
});

for (const [kind, changes] of [
  ['email', (index: number) => ({ username: `u_${index}`, phone: { ...phone, number: `246555${1000 + index}` } })],
  ['username', (index: number) => ({ email: `p${index}@example.com`, phone: { ...phone, number: `246555${1000 + index}` } })],
  ['phone', (index: number) => ({ email: `p${index}@example.com`, username: `u_${index}` })],
  ['nim', (index: number) => ({ email: `p${index}@example.com`, username: `u_${index}`, phone: { ...phone, number: `246555${1000 + index}` }, nim: index % 3 === 0 ? '24/123456/PA/654321' : ' 24/123456/pa/654321' })],
] as const) {
  t.test(`twenty sign-ups at once with one ${kind}, on two nodes: one wins`, async (t) => {
    const nodes = twoNodes();
    const outcomes = await twenty((index) => register(nodes[index % 2 === 0 ? 0 : 1], changes(index)));
    t.equal(wins(outcomes), 1);
    t.same([...refusals(outcomes)], [`${kind}-taken`]);
    t.equal(await countOf(nodes[0], 'AccountRegistered'), 1);
  });
}

t.test('of twenty that want the same identifiers one gets all', async (t) => {
  const [one, other] = twoNodes();
  const outcomes = await twenty((index) => register(index % 2 === 0 ? one : other, {}));
  t.equal(wins(outcomes), 1);
  t.equal(await countOf(one, 'IdentifierClaimed'), 3);
});

t.test('a sign-up that dies after any step is completed by its repeat', async (t) => {
  for (const appends of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const world = newWorld();
    const context = contextFor();
    await t.rejects(register(dyingAfter(appends, world), {}, context), { name: 'Crash' });
    world.clock.advance(3_600_000);
    t.match(await register(restarted(world), {}, context), { ok: true }, `after ${appends}`);
    t.equal(await countOf(world, 'AccountRegistered'), 1);
    t.equal(await countOf(world, 'IdentifierClaimed'), 3);
  }
});

t.test('what a sign-up held that nobody repeats is free after a minute, and not before', async (t) => {
  for (const appends of [1, 2, 3]) {
    const world = newWorld();
    const dead = contextFor();
    await t.rejects(register(dyingAfter(appends, world), {}, dead), { name: 'Crash' });
    t.equal((await register(world, {})).ok, false);
    world.clock.advance(60_000);
    t.match(await register(world, {}), { ok: true }, `after ${appends}`);
    t.equal((await register(world, {}, dead)).ok, false, 'nor does the first get it any more');
    t.equal(await countOf(world, 'AccountRegistered'), 1);
  }
});

t.test('a refusal that died while it gave back is no harm', async (t) => {
  const world = newWorld();
  await register(world, {});
  const other = { email: 'bea@example.com', phone: { countryCode: '+49', number: '2285550100' } };
  for (const appends of [1, 2]) {
    await t.rejects(register(dyingAfter(appends, world), other), { name: 'Crash' });
    world.clock.advance(60_000);
  }
  t.match(await register(world, { ...other, username: 'bea' }), { ok: true });
});

t.test('changing them needs the password', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const change = { accountId, email: 'new@example.com' };
  const before = (await eventsOf(world)).length;
  t.match(await changeContact(world.services)({ ...change, password: 'wrong' }, contextFor()), { rejection: 'wrong-password' });
  t.equal((await eventsOf(world)).length, before);
  t.match(await changeContact(world.services)({ ...change, accountId: 'nobody', password: 'x' }, contextFor()), { rejection: 'account-not-found' });
  const elsewhere = await signedUp(world, { email: 'g@example.com', password: null, provider: 'google' });
  t.match(await changeContact(world.services)({ accountId: elsewhere, password: 'x' }, contextFor()), { rejection: 'password-not-set' });
});

t.test('all change or none; a new address is unverified, and the old identifiers are free', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world, { username: 'Ada', phone });
  await signedUp(world, { email: 'bea@example.com', username: 'bea' });
  const change = (changes: object) => changeContact(world.services)({ accountId, password: 'analytical', ...changes }, contextFor());
  t.match(await change({ email: 'new@example.com', username: 'BEA' }), { rejection: 'username-taken' });
  t.match(await accountState(world, accountId), { email: ada.email, username: 'Ada' });
  const free = await registerAccount(world.services)({ ...ada, email: 'new@example.com' }, contextFor());
  t.match(free, { ok: true }, 'the address is not held for nothing');
  const moved = { email: 'newer@example.com', username: 'Countess', phone: { countryCode: '+49', number: '2285550100' } };
  t.match(await change(moved), { ok: true, value: { ...moved, emailVerified: false } });
  t.match(await register(world, { username: 'ada', phone }), { ok: true });
  const before = (await eventsOf(world)).length;
  t.match(await change(moved), { ok: true });
  t.equal((await eventsOf(world)).length, before, 'again it changes nothing');
  t.match(await change({ username: 'COUNTESS' }), { ok: true, value: { username: 'COUNTESS' } });
});

t.test('a change that died after any step is completed by its repeat', async (t) => {
  for (const appends of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const world = newWorld();
    const accountId = await signedUp(world, { username: 'ada' });
    const context = contextFor();
    const change = { accountId, password: 'analytical', email: 'new@example.com', username: 'countess' };
    await t.rejects(changeContact(dyingAfter(appends, world).services)(change, context), { name: 'Crash' }, `${appends}`);
    const after = restarted(world);
    t.match(await changeContact(after.services)(change, context), { ok: true, value: { username: 'countess' } });
    t.match(await registerAccount(after.services)({ ...ada, username: 'ada' }, contextFor()), { ok: true }, 'what was left is free');
  }
});
