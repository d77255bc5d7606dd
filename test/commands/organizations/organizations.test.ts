import t from 'tap';
import { aggregates } from '../../../src/domain/aggregates.js';
import { changeMember } from '../../../src/commands/organizations/change-member.js';
import { changeOrganization, deleteOrganization } from '../../../src/commands/organizations/change-organization.js';
import { createOrganization } from '../../../src/commands/organizations/create-organization.js';
import { inviteMember } from '../../../src/commands/organizations/invite-member.js';
import { acceptInvitation, leaveOrganization, removeMember } from '../../../src/commands/organizations/join-and-leave.js';
import { changeRole, createRole, deleteRole } from '../../../src/commands/organizations/organization-roles.js';
import { loadMembership } from '../../../src/commands/organizations/standing.js';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import type { CommandServices } from '../../../src/commands/services.js';
import type { Permission } from '../../../src/domain/organization/permissions.js';
import { createRecord } from '../../../src/commands/records/create-record.js';
import { level } from '../../../src/domain/resources/level.js';
import { countOf, dyingAfter, newWorld, restarted, signedUp, twoNodes, type World } from '../../fixtures/accounts.js';
import { contextFor } from '../../fixtures/command-services.js';
import { actorOf, founded, invited, joined, valueOf } from '../../fixtures/organizations.js';

const root = actorOf('root', 'admin');

const people = async (world: World, ...names: readonly string[]): Promise<string[]> => {
  const ids: string[] = [];
  for (const name of names) ids.push(await signedUp(world, { name, email: `${name}@example.org` }));
  return ids;
};

const three = async (world: World): Promise<[string, string, string]> => {
  const [ada = '', ben = '', cleo = ''] = await people(world, 'ada', 'ben', 'cleo');
  return [ada, ben, cleo];
};

const ownersOf = async ({ handler }: CommandServices, organizationId: string): Promise<readonly string[]> => {
  const { state } = await handler.load(aggregates.organization, organizationId);
  return state.status === 'none' ? [] : state.owners;
};

const roleOf = async (services: CommandServices, organizationId: string, userId: string): Promise<string | null> => {
  const membership = await loadMembership(services, organizationId, userId);
  return membership.status === 'active' ? membership.roleId : null;
};

interface Promotion {
  readonly organizationId: string;
  readonly by: string;
  readonly userId: string;
  readonly roleId: string;
}
const promote = (services: CommandServices, { by, ...promotion }: Promotion) => changeMember(services)({ actor: actorOf(by), ...promotion }, contextFor());

/** A role with these permissions, and an account that has it. */
const withRole = async (world: World, organizationId: string, by: string, permissions: readonly Permission[], name = 'tutor'): Promise<{ userId: string; roleId: string }> => {
  const [userId = ''] = await people(world, name);
  const { roleId } = await valueOf(createRole(world.services)({ actor: actorOf(by), organizationId, name, permissions }, contextFor()));
  await joined(world.services, { organizationId, by, userId, roleId });
  return { userId, roleId };
};

t.test('200 acceptances of one invitation at once: one wins', async (t) => {
  for (const nodes of [[newWorld()], twoNodes()]) {
    const [world] = nodes;
    if (world === undefined) throw new Error('no world');
    const [ada, ben] = await three(world);
    const organizationId = await founded(world.services, ada);
    await invited(world.services, { organizationId, by: ada, userId: ben });
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => acceptInvitation((nodes[index % nodes.length] ?? world).services)({ actor: actorOf(ben), organizationId }, contextFor())),
    );
    t.equal(outcomes.filter(({ ok }) => ok).length, 1);
    t.same(new Set(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.rejection]))), new Set(['already-member']));
    t.equal(await countOf(world, 'MemberJoined'), 2, 'the founder and the invited');
  }
});

t.test('only the invited account accepts', async (t) => {
  const { services, ...world } = newWorld();
  const [ada, ben, cleo] = await three({ services, ...world });
  const organizationId = await founded(services, ada);
  await invited(services, { organizationId, by: ada, userId: ben });
  t.match(await acceptInvitation(services)({ actor: actorOf(cleo), organizationId }, contextFor()), { rejection: 'not-invited' });
  t.match(await acceptInvitation(services)({ actor: actorOf(ben), organizationId: 'nowhere' }, contextFor()), { rejection: 'organization-not-found' });
});

t.test('two owners leave at once: one stays', async (t) => {
  const nodes = twoNodes();
  const [one, two] = nodes;
  const [ada, ben] = await three(one);
  for (let round = 0; round < 25; round += 1) {
    const organizationId = await founded(one.services, ada);
    await joined(one.services, { organizationId, by: ada, userId: ben, roleId: 'owner' });
    const leaving = [leaveOrganization(one.services)({ actor: actorOf(ada), organizationId }, contextFor()), leaveOrganization(two.services)({ actor: actorOf(ben), organizationId }, contextFor())];
    const outcomes = await Promise.all(leaving);
    t.equal(outcomes.filter(({ ok }) => ok).length, 1, `round ${round}`);
    t.match(outcomes.find(({ ok }) => !ok), { rejection: 'last-owner' });
    const [owner = ''] = await ownersOf(one.services, organizationId);
    t.equal(await roleOf(one.services, organizationId, owner), 'owner');
  }
});

t.test('two owners remove or demote each other at once: one stays', async (t) => {
  const { services, ...world } = newWorld();
  const [ada, ben] = await three({ services, ...world });
  for (let round = 0; round < 10; round += 1) {
    const organizationId = await founded(services, ada);
    await joined(services, { organizationId, by: ada, userId: ben, roleId: 'owner' });
    await Promise.all([
      round % 2 === 0 ? removeMember(services)({ actor: actorOf(ada), organizationId, userId: ben }, contextFor()) : promote(services, { organizationId, by: ada, userId: ben, roleId: 'student' }),
      promote(services, { organizationId, by: ben, userId: ada, roleId: 'student' }),
    ]);
    t.equal((await ownersOf(services, organizationId)).length, 1, `round ${round}`);
  }
});

t.test('an owner is made, and leaves while being made one: nobody stays on the list who is no member', async (t) => {
  const { services, ...world } = newWorld();
  const [ada, ben] = await three({ services, ...world });
  for (let round = 0; round < 25; round += 1) {
    const organizationId = await founded(services, ada);
    await joined(services, { organizationId, by: ada, userId: ben });
    await Promise.all([promote(services, { organizationId, by: ada, userId: ben, roleId: 'owner' }), leaveOrganization(services)({ actor: actorOf(ben), organizationId }, contextFor())]);
    const isMember = (await roleOf(services, organizationId, ben)) !== null;
    t.equal((await ownersOf(services, organizationId)).includes(ben), isMember, `round ${round}`);
  }
});

t.test('promotion and demotion', async (t) => {
  const { services, ...world } = newWorld();
  const [ada, ben] = await three({ services, ...world });
  const organizationId = await founded(services, ada);
  await joined(services, { organizationId, by: ada, userId: ben });
  await valueOf(promote(services, { organizationId, by: ada, userId: ben, roleId: 'owner' }));
  t.same(await ownersOf(services, organizationId), [ada, ben]);
  await valueOf(promote(services, { organizationId, by: ben, userId: ada, roleId: 'instructor' }));
  t.same(await ownersOf(services, organizationId), [ben]);
  t.match(await promote(services, { organizationId, by: ben, userId: ben, roleId: 'student' }), { rejection: 'last-owner' });
  t.equal(await roleOf(services, organizationId, ben), 'owner', 'the role stays with the ownership');
  t.match(await promote(services, { organizationId, by: ada, userId: ben, roleId: 'student' }), { rejection: 'organization-not-permitted' });
  t.match(await promote(services, { organizationId, by: ben, userId: 'nobody', roleId: 'student' }), { rejection: 'not-a-member' });
  t.match(await promote(services, { organizationId, by: ben, userId: ada, roleId: 'none' }), { rejection: 'role-not-found' });
});

t.test('nobody gives or takes more than they have', async (t) => {
  const world = newWorld();
  const { services } = world;
  const [ada, ben, cleo] = await three(world);
  const organizationId = await founded(services, ada);
  const manager = await withRole(world, organizationId, ada, ['members.manage', 'members.read'], 'manager');
  const editor = await withRole(world, organizationId, ada, ['members.read', 'courses.manage'], 'editor');
  await joined(services, { organizationId, by: ada, userId: ben });
  const beyond = { rejection: 'role-beyond-own' };
  const inviting = (userId: string, roleId: string) =>
    inviteMember(services)({ actor: actorOf(manager.userId), organizationId, account: { userId }, roleId, levelId: null, termId: null }, contextFor());
  const removing = (userId: string) => removeMember(services)({ actor: actorOf(manager.userId), organizationId, userId }, contextFor());

  t.test('giving', async (t) => {
    for (const roleId of ['owner', 'instructor', editor.roleId]) {
      t.match(await inviting(cleo, roleId), beyond, `invite to ${roleId}`);
      t.match(await promote(services, { organizationId, by: manager.userId, userId: ben, roleId }), beyond, `promote to ${roleId}`);
      t.match(await promote(services, { organizationId, by: manager.userId, userId: manager.userId, roleId }), beyond, `promote themselves to ${roleId}`);
    }
    t.match(await promote(services, { organizationId, by: manager.userId, userId: ben, roleId: manager.roleId }), { ok: true }, 'their own role');
  });
  t.test('taking', async (t) => {
    for (const userId of [ada, editor.userId]) {
      t.match(await promote(services, { organizationId, by: manager.userId, userId, roleId: 'student' }), beyond);
      t.match(await promote(services, { organizationId, by: manager.userId, userId, roleId: userId === ada ? 'owner' : editor.roleId }), beyond, 'placement alone, too');
      t.match(await removing(userId), beyond);
    }
    await invited(services, { organizationId, by: ada, userId: cleo, roleId: 'owner' });
    t.match(await inviting(cleo, 'student'), beyond, 'an invitation stays what it is');
    t.match(await removing(cleo), beyond);
  });
  t.test('roles', async (t) => {
    const keeper = await withRole(world, organizationId, ada, ['roles.manage', 'members.read'], 'keeper');
    const as = { actor: actorOf(keeper.userId), organizationId };
    t.match(await createRole(services)({ ...as, name: 'New', permissions: ['members.manage'] }, contextFor()), beyond);
    t.match(await changeRole(services)({ ...as, roleId: keeper.roleId, changes: { permissions: ['roles.manage', 'members.manage'] } }, contextFor()), beyond);
    t.match(await changeRole(services)({ ...as, roleId: editor.roleId, changes: { permissions: [] } }, contextFor()), beyond);
    t.match(await deleteRole(services)({ ...as, roleId: editor.roleId }, contextFor()), beyond);
    t.match(await createRole(services)({ ...as, name: 'Reader', permissions: ['members.read'] }, contextFor()), { ok: true });
  });
  t.test('without the permission nothing at all', async (t) => {
    const as = { actor: actorOf(editor.userId), organizationId };
    const refused = { rejection: 'organization-not-permitted' };
    t.match(await inviteMember(services)({ ...as, account: { userId: cleo }, roleId: 'student', levelId: null, termId: null }, contextFor()), refused);
    t.match(await removeMember(services)({ ...as, userId: ben }, contextFor()), refused);
    t.match(await changeMember(services)({ ...as, userId: ben, roleId: 'student' }, contextFor()), refused);
    t.match(await createRole(services)({ ...as, name: 'X', permissions: [] }, contextFor()), refused);
    t.match(await changeOrganization(services)({ ...as, changes: { name: 'X' } }, contextFor()), refused);
    t.match(await deleteOrganization(services)(as, contextFor()), refused);
  });
});

t.test('a role that was deleted leaves a student, whoever was invited to it included', async (t) => {
  const world = newWorld();
  const { services } = world;
  const [ada, ben] = await three(world);
  const organizationId = await founded(services, ada);
  const tutor = await withRole(world, organizationId, ada, ['members.manage']);
  await invited(services, { organizationId, by: ada, userId: ben, roleId: tutor.roleId });
  await valueOf(deleteRole(services)({ actor: actorOf(ada), organizationId, roleId: tutor.roleId }, contextFor()));
  await valueOf(acceptInvitation(services)({ actor: actorOf(ben), organizationId }, contextFor()));
  t.equal(await roleOf(services, organizationId, ben), 'student');
  t.match(await removeMember(services)({ actor: actorOf(tutor.userId), organizationId, userId: ben }, contextFor()), { rejection: 'organization-not-permitted' });
});

t.test('whom an invitation names', async (t) => {
  const { services, ...world } = newWorld();
  const [ada, ben, cleo] = await three({ services, ...world });
  const organizationId = await founded(services, ada);
  const inviting = (account: { userId?: string; email?: string }, levelId: string | null = null) =>
    inviteMember(services)({ actor: actorOf(ada), organizationId, account, roleId: 'student', levelId, termId: null }, contextFor());
  t.match(await inviting({ email: 'BEN@example.org' }), { value: { userId: ben } });
  t.match(await inviting({ userId: ben, email: 'ben@example.org' }), { value: { userId: ben } });
  t.match(await inviting({ userId: cleo, email: 'ben@example.org' }), { rejection: 'account-ambiguous' });
  t.match(await inviting({ email: 'nobody@example.org' }), { rejection: 'account-not-found' });
  t.match(await inviting({ userId: 'nobody' }), { rejection: 'account-not-found' });
  t.match(await inviting({ userId: ben }, 'none'), { rejection: 'placement-not-found', details: { field: 'levelId' } });
  const { recordId } = await valueOf(createRecord(level)(services)({ actor: actorOf(ada), fields: { organizationId, name: 'First' } }, contextFor()));
  t.match(await inviting({ userId: ben }, recordId), { ok: true });
  const elsewhere = await founded(services, cleo);
  const foreign = { actor: actorOf(cleo), organizationId: elsewhere, account: { userId: ben }, roleId: 'student', levelId: recordId, termId: null };
  t.match(await inviteMember(services)(foreign, contextFor()), { rejection: 'placement-not-found' }, 'the level of another organization');
});

t.test('a repeat after a crash finishes what is missing', async (t) => {
  const world = newWorld();
  const [ada, ben] = await three(world);
  const context = contextFor();
  const input = { actor: actorOf(ada), name: 'School', description: null };
  await t.rejects(createOrganization(dyingAfter(1, world).services)(input, context));
  const after = restarted(world);
  const { organizationId } = await valueOf(createOrganization(after.services)(input, context));
  t.equal(await countOf(after, 'OrganizationCreated'), 1);
  t.equal(await roleOf(after.services, organizationId, ada), 'owner');

  await joined(after.services, { organizationId, by: ada, userId: ben, roleId: 'owner' });
  const leaving = contextFor();
  await t.rejects(leaveOrganization(dyingAfter(1, after).services)({ actor: actorOf(ben), organizationId }, leaving));
  const again = restarted(after);
  await valueOf(leaveOrganization(again.services)({ actor: actorOf(ben), organizationId }, leaving));
  t.same(await ownersOf(again.services, organizationId), [ada]);
  t.equal(await roleOf(again.services, organizationId, ben), null);

  await joined(again.services, { organizationId, by: ada, userId: ben });
  const removing = contextFor();
  const removal = { actor: actorOf(ada), organizationId, userId: ben };
  await valueOf(removeMember(again.services)(removal, removing));
  t.match(await removeMember(again.services)(removal, removing), { ok: true }, 'a repeat says the same');
  t.match(await removeMember(again.services)(removal, contextFor()), { rejection: 'not-a-member' });
});

t.test('a late repeat does not undo what came after: who has become an owner stays one', async (t) => {
  const world = newWorld();
  const { services } = world;
  const [ada, ben] = await three(world);
  const organizationId = await founded(services, ada);
  const becomesOwner = () => joined(services, { organizationId, by: ada, userId: ben, roleId: 'owner' });
  const [leaving, removing, changing] = [contextFor(), contextFor(), contextFor()];
  const leave = () => leaveOrganization(services)({ actor: actorOf(ben), organizationId }, leaving);
  const remove = () => removeMember(services)({ actor: actorOf(ada), organizationId, userId: ben }, removing);
  const change = () => changeMember(services)({ actor: actorOf(ada), organizationId, userId: ben, roleId: 'student' }, changing);

  const { roleId } = await valueOf(createRole(services)({ actor: actorOf(ada), organizationId, name: 'tutor', permissions: [] }, contextFor()));
  await joined(services, { organizationId, by: ada, userId: ben, roleId });
  await valueOf(change());
  await valueOf(leave());
  await joined(services, { organizationId, by: ada, userId: ben });
  await valueOf(remove());
  await becomesOwner();
  for (const repeated of [leave, remove, change]) {
    t.match(await repeated(), { ok: true });
    t.equal(await roleOf(services, organizationId, ben), 'owner');
    t.same(await ownersOf(services, organizationId), [ada, ben]);
  }
});

t.test('one who is made an owner by halves has no rights until it is finished, and only an owner finishes it', async (t) => {
  const world = newWorld();
  const [ada, ben] = await three(world);
  const organizationId = await founded(world.services, ada);
  await joined(world.services, { organizationId, by: ada, userId: ben });
  const manager = await withRole(world, organizationId, ada, ['members.manage']);
  await t.rejects(promote(dyingAfter(1, world).services, { organizationId, by: ada, userId: ben, roleId: 'owner' }));
  const { services } = restarted(world);
  t.equal(await roleOf(services, organizationId, ben), 'owner');
  t.match(await changeOrganization(services)({ actor: actorOf(ben), organizationId, changes: { name: 'Mine' } }, contextFor()), { rejection: 'organization-not-permitted' });
  t.match(await promote(services, { organizationId, by: manager.userId, userId: ben, roleId: 'owner' }), { rejection: 'role-beyond-own' });
  await valueOf(promote(services, { organizationId, by: ada, userId: ben, roleId: 'owner' }));
  t.same(await ownersOf(services, organizationId), [ada, ben]);
});

t.test('owners whose accounts were deleted', async (t) => {
  const world = newWorld();
  const { services } = world;
  const [ada, ben, cleo] = await three(world);
  const admin = await signedUp(world, { name: 'root', email: 'root@example.org', role: 'admin', actorRole: 'admin' });
  const deleting = (accountId: string) => valueOf(deleteAccount(services)({ actor: actorOf(admin, 'admin'), accountId }, contextFor()));
  const organizationId = await founded(services, ada);
  await joined(services, { organizationId, by: ada, userId: ben, roleId: 'owner' });
  await joined(services, { organizationId, by: ada, userId: cleo });
  await deleting(ben);
  t.match(await leaveOrganization(services)({ actor: actorOf(ada), organizationId }, contextFor()), { rejection: 'last-owner' }, 'nobody else is left');
  t.match(await inviteMember(services)({ actor: actorOf(ada), organizationId, account: { userId: ben }, roleId: 'student', levelId: null, termId: null }, contextFor()), { rejection: 'account-not-found' });

  await deleting(ada);
  t.match(await promote(services, { organizationId, by: cleo, userId: cleo, roleId: 'owner' }), { rejection: 'organization-not-permitted' });
  t.match(await changeMember(services)({ actor: root, organizationId, userId: cleo, roleId: 'owner' }, contextFor()), { ok: true }, 'admins name an owner');
  t.match(await changeOrganization(services)({ actor: actorOf(cleo), organizationId, changes: { name: 'Again' } }, contextFor()), { ok: true });
});

t.test('who leaves and comes back is what the new invitation says', async (t) => {
  const { services, ...world } = newWorld();
  const [ada, ben] = await three({ services, ...world });
  const organizationId = await founded(services, ada);
  await joined(services, { organizationId, by: ada, userId: ben, roleId: 'owner' });
  await valueOf(leaveOrganization(services)({ actor: actorOf(ben), organizationId }, contextFor()));
  await joined(services, { organizationId, by: ada, userId: ben });
  t.match(await deleteOrganization(services)({ actor: actorOf(ben), organizationId }, contextFor()), { rejection: 'organization-not-permitted' });
  await valueOf(deleteOrganization(services)({ actor: actorOf(ada), organizationId }, contextFor()));
  t.match(await leaveOrganization(services)({ actor: actorOf(ben), organizationId }, contextFor()), { rejection: 'organization-not-found' });
});
