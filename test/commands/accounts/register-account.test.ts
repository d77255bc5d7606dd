import { EventEmitter, once } from 'node:events';
import t from 'tap';
import { findAccountByEmail } from '../../../src/commands/accounts/identifiers/find-account.js';
import { registerAccount } from '../../../src/commands/accounts/register-account.js';
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
  worldOver,
} from '../../fixtures/accounts.js';

t.test('an account holds its address first, and gets a code for it', async (t) => {
  const world = newWorld();
  const outcome = await registerAccount(world.services)(ada, contextFor());
  t.match(outcome, { ok: true, value: { email: 'Ada@Example.com', emailVerified: false, role: 'student' } });
  t.notMatch(JSON.stringify(outcome, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)), /analytical/);
  const events = await eventsOf(world);
  t.same(events.map(({ type }) => type), ['IdentifierReserved', 'AccountRegistered', 'IdentifierClaimed', 'OtpIssued']);
  t.match(events.at(-1), { data: { purpose: 'email_verification' } });
  t.equal(outcome.ok && outcome.position, 4n);
});

t.test('an address is taken, however it is typed', async (t) => {
  const world = newWorld();
  await signedUp(world);
  t.match(await registerAccount(world.services)({ ...ada, email: ' ada@EXAMPLE.com ' }, contextFor()), { rejection: 'email-taken' });
  t.equal(world.passwords.hashed, 2, 'and refused after the same work as a free one');
});

t.test('signing up as admin', async (t) => {
  const world = newWorld();
  const admin = { ...ada, role: 'admin' } as const;
  t.match(await registerAccount(world.services)(admin, contextFor()), { rejection: 'admin-sign-up-closed' });
  t.match(await registerAccount(world.services)({ ...admin, actorRole: 'instructor' }, contextFor()), { rejection: 'admin-sign-up-closed' });
  t.match(await registerAccount(world.services)({ ...admin, actorRole: 'admin' }, contextFor()), { ok: true });
  const open = { ...world.services, settings: { ...world.services.settings, openAdminSignUp: true } };
  t.match(await registerAccount(open)({ ...admin, email: 'second@example.com' }, contextFor()), { ok: true });
});

t.test('only an admin makes an auditor, also where anybody may sign up as admin', async (t) => {
  const world = newWorld();
  const open = { ...world.services, settings: { ...world.services.settings, openAdminSignUp: true } };
  const auditor = { ...ada, role: 'auditor' } as const;
  for (const actorRole of [null, 'student', 'auditor'] as const) {
    t.match(await registerAccount(open)({ ...auditor, actorRole }, contextFor()), { ok: false, rejection: 'role-not-allowed' });
  }
  t.match(await registerAccount(open)({ ...auditor, actorRole: 'admin' }, contextFor()), { ok: true, value: { role: 'auditor' } });
});

t.test('what surfaces ask beside is kept as it was given', async (t) => {
  const world = newWorld();
  const asked = { accountType: 'DIKE', nim: '24/000000/PA/000000', parentPhone: '+62 811', slug: 'ada-lovelace' } as const;
  await registerAccount(world.services)({ ...ada, ...asked }, contextFor());
  t.match((await eventsOf(world)).find(({ type }) => type === 'AccountRegistered')?.data, asked);
});

t.test('a password may be missing only where another provider signs in', async (t) => {
  const world = newWorld();
  t.match(await registerAccount(world.services)({ ...ada, password: null }, contextFor()), { rejection: 'password-required' });
  const accountId = await signedUp(world, { password: null, provider: 'google', role: null });
  t.match(await accountState(world, accountId), { passwordHash: null, role: null, provider: 'google' });
});

t.test('a repeat of the command is answered alike and does nothing twice', async (t) => {
  const world = newWorld();
  const context = contextFor();
  const outcomes = await twenty(() => registerAccount(world.services)(ada, context));
  const again = await registerAccount(restarted(world).services)(ada, context);
  t.equal(new Set([...outcomes, again].map((outcome) => (outcome.ok ? outcome.value.accountId : outcome.rejection))).size, 1);
  t.equal((await eventsOf(world)).length, 4);
});

t.test('twenty sign-ups at once with one address make one account', async (t) => {
  const world = newWorld();
  const outcomes = await twenty(() => registerAccount(world.services)(ada, contextFor()));
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.equal(outcomes.filter((outcome) => !outcome.ok && outcome.rejection === 'email-taken').length, 19);
  t.equal(await countOf(world, 'AccountRegistered'), 1);
});

t.test('two nodes at once make one account', async (t) => {
  const [one, other] = twoNodes();
  const outcomes = await twenty((index) => registerAccount((index % 2 === 0 ? one : other).services)(ada, contextFor()));
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.equal(await countOf(one, 'AccountRegistered'), 1);
});

t.test('a sign-up that dies after any step is completed by its repeat', async (t) => {
  for (const appends of [0, 1, 2, 3]) {
    const world = newWorld();
    const context = contextFor();
    await t.rejects(registerAccount(dyingAfter(appends, world).services)(ada, context), { name: 'Crash' });
    world.clock.advance(3_600_000);
    t.match(await registerAccount(restarted(world).services)(ada, context), { ok: true }, `after ${appends}`);
    t.same((await eventsOf(world)).map(({ type }) => type).sort(), ['AccountRegistered', 'IdentifierClaimed', 'IdentifierReserved', 'OtpIssued']);
  }
});

t.test('the address of a sign-up that died is free after a minute, and not before', async (t) => {
  const world = newWorld();
  const dead = contextFor();
  await t.rejects(registerAccount(dyingAfter(1, world).services)(ada, dead), { name: 'Crash' });
  t.match(await registerAccount(world.services)(ada, contextFor()), { rejection: 'email-taken' });
  world.clock.advance(60_000);
  const accountId = await signedUp(world);
  t.match(await registerAccount(world.services)(ada, dead), { rejection: 'email-taken' }, 'nor does the first get it any more');
  t.match(await findAccountByEmail(world.services, ada.email), { account: { accountId } });
});

t.test('the address of an account that was registered stays its own, kept or not', async (t) => {
  const world = newWorld();
  await t.rejects(registerAccount(dyingAfter(2, world).services)(ada, contextFor()), { name: 'Crash' });
  world.clock.advance(3_600_000);
  t.match(await registerAccount(world.services)(ada, contextFor()), { rejection: 'email-taken' });
  t.match(await findAccountByEmail(world.services, ada.email), { account: { name: 'Ada' } });
});

t.test('a sign-up that slept over its hold and the one that took over never both win', async (t) => {
  const world = newWorld();
  const signals = new EventEmitter();
  const reached = once(signals, 'reached');
  const woken = once(signals, 'woken');
  const slow = worldOver(
    {
      shared: true,
      scale: world.store.scale,
      append: async (stream, ...given) => {
        if (stream.startsWith('account-')) {
          signals.emit('reached');
          await woken;
        }
        return await world.store.append(stream, ...given);
      },
      readStream: (...given) => world.store.readStream(...given),
      readAll: (...given) => world.store.readAll(...given),
      subscribe: (options) => world.store.subscribe(options),
      head: () => world.store.head(),
      close: () => world.store.close(),
    },
    world.clock,
  );
  const first = registerAccount(slow.services)(ada, contextFor());
  await reached;
  world.clock.advance(60_000);
  const quick = await registerAccount(restarted(world).services)(ada, contextFor());
  signals.emit('woken');
  t.match(quick, { ok: true });
  t.match(await first, { ok: false, rejection: 'email-taken' });
  t.equal(await countOf(world, 'AccountRegistered'), 1);
});
