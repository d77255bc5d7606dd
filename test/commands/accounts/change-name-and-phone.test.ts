import t from 'tap';
import { changeNameAndPhone } from '../../../src/commands/accounts/change-name-and-phone.js';
import { contextFor } from '../../fixtures/command-services.js';
import { accountState, countOf, dyingAfter, eventsOf, newWorld, restarted, signedUp, twenty, twoNodes } from '../../fixtures/accounts.js';

const phone = { countryCode: '+62', number: '81234567890' };

t.test('name and number change; what is absent stays', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  t.match(await changeNameAndPhone(world.services)({ accountId, name: 'Bea', phone }, contextFor()), { ok: true, changed: true });
  t.match(await accountState(world, accountId), { name: 'Bea', phone });
  t.match(await changeNameAndPhone(world.services)({ accountId, name: 'Cal' }, contextFor()), { ok: true });
  t.match(await accountState(world, accountId), { name: 'Cal', phone });
  const before = (await eventsOf(world)).length;
  t.match(await changeNameAndPhone(world.services)({ accountId }, contextFor()), { ok: true, changed: false });
  t.equal((await eventsOf(world)).length, before);
  for (const changes of [{ name: 'Nobody' }, { phone }]) {
    t.match(await changeNameAndPhone(world.services)({ accountId: 'nobody', ...changes }, contextFor()), { rejection: 'account-not-found' });
  }
});

t.test('a number of another account changes nothing, and one that was left is free', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const other = await signedUp(world, { email: 'bea@example.com', phone });
  t.match(await changeNameAndPhone(world.services)({ accountId, name: 'Taken', phone }, contextFor()), { rejection: 'phone-taken' });
  t.match(await accountState(world, accountId), { name: 'Ada', phone: null });
  t.match(await changeNameAndPhone(world.services)({ accountId: other, phone: { ...phone, number: '89999999999' } }, contextFor()), { ok: true });
  t.match(await changeNameAndPhone(world.services)({ accountId, phone }, contextFor()), { ok: true });
});

t.test('of twenty accounts that want one number at once, on two nodes, one gets it', async (t) => {
  const nodes = twoNodes();
  const accountIds = await twenty((index) => signedUp(nodes[0], { email: `p${index}@example.com` }));
  const outcomes = await twenty((index) => changeNameAndPhone(nodes[index % 2 === 0 ? 0 : 1].services)({ accountId: accountIds[index] ?? '', phone }, contextFor()));
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.equal(await countOf(nodes[0], 'AccountPhoneChanged'), 1);
});

t.test('a change that died after any step is completed by its repeat', async (t) => {
  for (const appends of [0, 1, 2, 3]) {
    const world = newWorld();
    const accountId = await signedUp(world);
    const context = contextFor();
    await t.rejects(changeNameAndPhone(dyingAfter(appends, world).services)({ accountId, name: 'Bea', phone }, context), { name: 'Crash' });
    const after = restarted(world);
    t.match(await changeNameAndPhone(after.services)({ accountId, name: 'Bea', phone }, context), { ok: true }, `after ${appends}`);
    t.match(await accountState(after, accountId), { name: 'Bea', phone });
    t.equal(await countOf(after, 'AccountPhoneChanged'), 1);
  }
});
