import t from 'tap';
import { changeProfile } from '../../../src/commands/accounts/change-profile.js';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { findAccountByIdentity } from '../../../src/commands/accounts/identifiers/find-account.js';
import { logIn } from '../../../src/commands/accounts/log-in.js';
import { logInByProvider, type ProviderProfile } from '../../../src/commands/accounts/log-in-by-provider.js';
import { undoAccountChange } from '../../../src/commands/accounts/undo-account-change.js';
import { printUndoToken } from '../../../src/commands/accounts/undo-token.js';
import { verifyEmail } from '../../../src/commands/accounts/verify-email.js';
import { verifySecondFactor } from '../../../src/commands/accounts/verify-second-factor.js';
import { contextFor } from '../../fixtures/command-services.js';
import { accountState, countOf, Crash, dyingAfter, eventsOf, latestCode, newWorld, restarted, signedUp, twenty, twoNodes, wrongFor, type World } from '../../fixtures/accounts.js';

const email = 'ada@example.com';
const identity = { provider: 'google', subject: 'g-1' } as const;
const ada: ProviderProfile = { identity, email, emailVerified: true, name: 'Ada', imageUrl: null };
const enter = ({ services }: World, changes: Partial<ProviderProfile> = {}, context = contextFor()) => logInByProvider(services)({ ...ada, ...changes }, context);
const other = { identity: { provider: 'google', subject: 'g-2' } } as const;
const idOf = async (world: World, changes: Partial<ProviderProfile> = {}): Promise<string> => {
  const outcome = await enter(world, changes);
  if (!outcome.ok) throw new Error(outcome.rejection);
  return outcome.value.accountId;
};
const verify = async (world: World, accountId: string, address = email) =>
  verifyEmail(world.services)({ email: address, code: await latestCode(world, 'email_verification', accountId) }, contextFor());

const withVerified = async (changes: Parameters<typeof signedUp>[1] = {}) => {
  const world = newWorld();
  const accountId = await signedUp(world, changes);
  await verify(world, accountId);
  return { world, accountId };
};

t.test('somebody new gets an account without password and role, with a verified address', async (t) => {
  const world = newWorld();
  const accountId = await idOf(world);
  const state = await accountState(world, accountId);
  t.match(state, { name: 'Ada', email, emailVerified: true, activatedEmail: email, passwordHash: null, role: null, provider: 'google', identity });
  t.equal(await countOf(world, 'OtpIssued'), 0, 'nothing is left to be verified');
  t.equal(await idOf(world), accountId, 'and the second time it is the same');
  t.match(await logIn(world.services)({ email, password: '' }, contextFor()), { rejection: 'wrong-credentials' });
});

t.test('once known the person is found by the provider’s name, whatever the address is there', async (t) => {
  const world = newWorld();
  const accountId = await idOf(world);
  t.equal(await idOf(world, { email: 'ada@married.example', emailVerified: false }), accountId);
  t.equal(await idOf(world, { email: null, emailVerified: false }), accountId);
  t.match(await accountState(world, accountId), { email });
  await changeProfile(world.services)({ accountId, email: 'moved@example.com' }, contextFor());
  t.equal(await idOf(world), accountId, 'nor what it is here');
});

t.test('an address that the provider has not verified makes no account and opens none', async (t) => {
  const { world } = await withVerified();
  const refused = { ok: false, rejection: 'provider-email-not-verified' };
  t.same(await enter(world, { emailVerified: false }), refused);
  t.same(await enter(world, { email: 'new@example.com', emailVerified: false }), refused);
  t.same(await enter(world, { email: null }), refused);
  t.equal(await countOf(world, 'SessionOpened'), 0);
});

t.test('an account is linked when both sides have verified the address, and its owner is told', async (t) => {
  const { world, accountId } = await withVerified();
  t.equal(await idOf(world), accountId);
  const link = (await eventsOf(world)).find(({ type }) => type === 'ExternalIdentityLinked');
  t.match(link, { data: { accountId, identity, changeId: String } });
  t.match(await accountState(world, accountId), { provider: 'local', role: 'student', identity });
  t.match(await logIn(world.services)({ email, password: 'analytical' }, contextFor()), { ok: true }, 'the password is still good');
  t.equal(await idOf(world, { email: 'elsewhere@example.com' }), accountId);
});

t.test('an account that did not verify the address is left alone', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  t.same(await enter(world), { ok: false, rejection: 'identity-email-not-verified' });
  t.match(await accountState(world, accountId), { identity: null });
  t.same((await eventsOf(world)).filter(({ type }) => type.startsWith('Identifier')).length, 2, 'no hold is left either');
});

t.test('an account whose address changes is not linked by the address that it leaves or comes to', async (t) => {
  const { world, accountId } = await withVerified();
  await changeProfile(world.services)({ accountId, email: 'new@example.com' }, contextFor());
  for (const address of [email, 'new@example.com']) {
    t.same(await enter(world, { email: address }), { ok: false, rejection: 'identity-email-not-verified' }, address);
  }
});

t.test('an account has one person of a provider, and a person one account', async (t) => {
  const { world, accountId } = await withVerified();
  t.equal(await idOf(world), accountId);
  t.same(await enter(world, other), { ok: false, rejection: 'identity-already-linked' });
  const second = await signedUp(world, { email: 'bea@example.com' });
  await verify(world, second, 'bea@example.com');
  t.equal(await idOf(world, { email: 'bea@example.com' }), accountId, 'found by who it is, not by the address');
  t.match(await accountState(world, second), { identity: null });
});

t.test('the second factor is asked for as ever, and its code opens the session', async (t) => {
  const { world, accountId } = await withVerified({ twoFactor: true });
  t.same(await enter(world), { ok: false, rejection: 'second-factor-required' });
  t.equal(await countOf(world, 'SessionOpened'), 0);
  const code = await latestCode(world, 'second_factor', accountId);
  t.match(await verifySecondFactor(world.services)({ email, code: wrongFor(code) }, contextFor()), { rejection: 'otp-invalid' });
  t.match(await verifySecondFactor(world.services)({ email, code }, contextFor()), { ok: true, value: { accountId } });
});

t.test('pitfall 25: twenty first log-ins at once make one account, on one node or two', async (t) => {
  const world = newWorld();
  for (const nodes of [[world, world], twoNodes()]) {
    const outcomes = await twenty((index) => enter(nodes[index % 2] ?? world));
    const ids = new Set(outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.accountId] : [])));
    t.equal(ids.size, 1);
    const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.rejection]));
    t.same(refused.filter((rejection) => rejection !== 'email-taken' && rejection !== 'identity-taken'), []);
    t.equal(await countOf(nodes[0] ?? world, 'AccountRegistered'), 1);
  }
});

t.test('pitfall 25: of twenty persons who are linked to one account at once one is', async (t) => {
  const { world, accountId } = await withVerified();
  const outcomes = await twenty((index) => enter(world, { identity: { provider: 'google', subject: `g-${index}` } }));
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.equal(await countOf(world, 'ExternalIdentityLinked'), 1);
  t.match(await accountState(world, accountId), { identity: { provider: 'google' } });
});

t.test('a log-in that dies at any append is finished by the next one', async (t) => {
  for (let appends = 0; ; appends += 1) {
    const world = newWorld();
    const outcome = await enter(dyingAfter(appends, world)).catch((error: unknown) => error);
    if (!(outcome instanceof Crash)) break;
    world.clock.advance(61_000);
    const next = restarted(world);
    t.match(await enter(next), { ok: true }, `after ${appends}`);
    t.equal(await countOf(next, 'AccountRegistered'), 1, `after ${appends}`);
    t.ok(await findAccountByIdentity(next.services, identity));
  }
});

t.test('a deleted account frees the person for another one', async (t) => {
  const world = newWorld();
  const accountId = await idOf(world);
  const admin = await signedUp(world, { email: 'root@example.com', role: 'admin', actorRole: 'admin' });
  t.match(await deleteAccount(world.services)({ actor: { accountId: admin, role: 'admin' }, accountId }, contextFor()), { ok: true });
  t.equal(await findAccountByIdentity(world.services, identity), undefined);
  t.not(await idOf(world), accountId);
});

t.test('whoever takes an account back shuts out the person that somebody else had linked, and can be linked', async (t) => {
  const { world, accountId } = await withVerified();
  const eve = 'eve@example.com';
  await changeProfile(world.services)({ accountId, email: eve }, contextFor());
  await verify(world, accountId, eve);
  t.equal(await idOf(world, { ...other, email: eve }), accountId, 'who has the session takes the account over');
  const [first] = (await accountState(world, accountId)).undoable;
  const token = printUndoToken(world.services.keys, { accountId, changeId: first?.changeId ?? '' });
  t.match(await undoAccountChange(world.services)({ token }, contextFor()), { ok: true });
  t.not(await idOf(world, { ...other, email: eve }), accountId, 'and has it no more');
  t.equal(await idOf(world), accountId);
});

t.test('the log names the person in one marked field only', async (t) => {
  const { world } = await withVerified();
  await idOf(world, { identity: { provider: 'google', subject: 'canary' } });
  const named = (await eventsOf(world)).filter(({ stream, data, metadata }) => JSON.stringify([stream, data, metadata]).includes('canary'));
  t.same(named.map(({ type }) => type), ['ExternalIdentityLinked']);
});
