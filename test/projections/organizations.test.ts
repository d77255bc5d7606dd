import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import { builtInRoles } from '../../src/domain/organization/permissions.js';
import { organizationsProjection } from '../../src/projections/organizations/projection.js';
import { joinedOrganizations, listMembers, listOrganizations, membershipOf, membershipsOf, organizationById } from '../../src/projections/organizations/queries.js';
import { at, later, onAccount } from './account-events.js';
import { Projected, recorded, type Published } from './projected.js';

const slice = { skip: 0, limit: 10 };
const onOrganization = (organizationId: string, event: DomainEvent): Published => [`organization-${organizationId}`, event];
const onMembership = (organizationId: string, userId: string, event: DomainEvent): Published => [`membership-${organizationId}.${userId}`, event];
const placement = { levelId: null, termId: null };

const created = (organizationId: string, name = 'School', createdAt = at): Published =>
  onOrganization(organizationId, { type: 'OrganizationCreated', data: { organizationId, name, description: null, founderId: 'ada', createdAt } });
const organizationDeleted = (organizationId: string): Published => onOrganization(organizationId, { type: 'OrganizationDeleted', data: { organizationId, deletedAt: later } });
const invited = (userId: string, { organizationId = 'school', roleId = 'student', invitedAt = at } = {}): Published =>
  onMembership(organizationId, userId, { type: 'MemberInvited', data: { organizationId, userId, roleId, ...placement, invitedBy: 'ada', invitedAt } });
const joined = (userId: string, { organizationId = 'school', roleId = 'student', joinedAt = at } = {}): Published =>
  onMembership(organizationId, userId, { type: 'MemberJoined', data: { organizationId, userId, roleId, ...placement, joinedAt } });
const left = (userId: string): Published =>
  onMembership('school', userId, { type: 'MemberLeft', data: { organizationId: 'school', userId, opened: [], leftAt: later } });
const removed = (userId: string): Published =>
  onMembership('school', userId, { type: 'MemberRemoved', data: { organizationId: 'school', userId, opened: [], removedBy: 'ada', removedAt: later } });

const projected = (...published: readonly Published[]) => new Projected(organizationsProjection, recorded(published));

t.test('an organization is what its events say', async (t) => {
  const readModels = projected(
    created('school'),
    onOrganization('school', { type: 'OrganizationChanged', data: { organizationId: 'school', description: 'Of music', settings: { zone: 'UTC' }, changedAt: later } }),
    onOrganization('school', { type: 'OrganizationOwnerAdded', data: { organizationId: 'school', userId: 'ben', addedAt: later } }),
    onOrganization('school', { type: 'OrganizationOwnerRemoved', data: { organizationId: 'school', userId: 'ada', removedAt: later } }),
    onOrganization('school', { type: 'OrganizationRoleCreated', data: { organizationId: 'school', roleId: 'tutor', name: 'Tutor', permissions: ['members.read'], createdAt: later } }),
    onOrganization('school', { type: 'OrganizationRoleChanged', data: { organizationId: 'school', roleId: 'tutor', permissions: [], changedAt: later } }),
  );
  t.same(await organizationById(readModels, 'school'), {
    id: 'school',
    name: 'School',
    description: 'Of music',
    settings: { zone: 'UTC' },
    owners: ['ben'],
    roles: [...builtInRoles, { roleId: 'tutor', name: 'Tutor', permissions: [] }],
    createdAt: at,
    updatedAt: later,
  });
});

t.test('the list is the newest first, and can be searched', async (t) => {
  const readModels = projected(created('one', 'Green School'), created('two', 'Blue School', later));
  t.match(await listOrganizations(readModels, slice), { total: 2, organizations: [{ id: 'two' }, { id: 'one' }] });
  t.match(await listOrganizations(readModels, { ...slice, search: 'green' }), { total: 1, organizations: [{ id: 'one' }] });
  t.match(await listOrganizations(readModels, { ...slice, search: ' ' }), { total: 2 });
});

t.test('a membership from its invitation to its end', async (t) => {
  const log = [created('school'), invited('ben'), joined('ben', { joinedAt: later })];
  t.match(await membershipOf(projected(...log.slice(0, 2)), 'school', 'ben'), { status: 'invited', invitedAt: at, joinedAt: null, since: at });
  t.match(await membershipOf(projected(...log), 'school', 'ben'), { status: 'active', invitedAt: at, joinedAt: later, since: later });
  const changed = projected(
    ...log,
    onMembership('school', 'ben', { type: 'MemberRoleChanged', data: { organizationId: 'school', userId: 'ben', roleId: 'instructor', previousRoleId: 'student', changedAt: later } }),
    onMembership('school', 'ben', { type: 'MemberPlacementChanged', data: { organizationId: 'school', userId: 'ben', levelId: 'first', termId: 'autumn', changedAt: later } }),
  );
  t.match(await membershipOf(changed, 'school', 'ben'), { roleId: 'instructor', levelId: 'first', termId: 'autumn' });
  t.match(await membershipOf(projected(...log, left('ben')), 'school', 'ben'), { status: 'left', endedAt: later });
  t.match(await membershipOf(projected(...log, removed('ben')), 'school', 'ben'), { status: 'removed', endedAt: later });
  t.match(await membershipOf(projected(...log, left('ben'), invited('ben')), 'school', 'ben'), { status: 'invited', endedAt: null });
  const withdrawn = onMembership('school', 'ben', { type: 'InvitationWithdrawn', data: { organizationId: 'school', userId: 'ben', withdrawnAt: later } });
  t.equal(await membershipOf(projected(created('school'), invited('ben'), withdrawn), 'school', 'ben'), undefined);
});

t.test('members by status and role', async (t) => {
  const readModels = projected(created('school'), joined('ada', { roleId: 'owner' }), joined('ben', { joinedAt: later }), invited('cleo'), joined('ben', { organizationId: 'other' }));
  const members = async (query: { status?: 'active' | 'invited'; roleId?: string }) => {
    const found = await listMembers(readModels, { organizationId: 'school', ...slice, ...query });
    t.equal(found.total, found.members.length);
    return found.members.map(({ userId }) => userId);
  };
  t.same(await members({ status: 'active' }), ['ben', 'ada']);
  t.same(await members({ status: 'invited' }), ['cleo']);
  t.same(await members({ status: 'active', roleId: 'owner' }), ['ada']);
});

t.test('the organizations of an account', async (t) => {
  const readModels = projected(created('school'), created('club', 'Club'), joined('ben'), joined('ben', { organizationId: 'club', joinedAt: later }), invited('cleo'));
  t.match(await membershipsOf(readModels, { userId: 'ben', status: 'active', ...slice }), { total: 2, own: [{ organization: { id: 'club' } }, { organization: { id: 'school' } }] });
  t.match(await membershipsOf(readModels, { userId: 'cleo', status: 'invited', ...slice }), { total: 1 });
  t.same(await joinedOrganizations(readModels, 'ben', 1), ['club']);
  t.same(await joinedOrganizations(readModels, 'cleo', 10), []);
});

t.test('memberships end with their organization and with their account', async (t) => {
  const log = [created('school'), created('club'), joined('ben'), joined('ben', { organizationId: 'club' }), joined('cleo')];
  const gone = projected(...log, organizationDeleted('school'));
  t.equal(await membershipOf(gone, 'school', 'ben'), undefined);
  t.match(await membershipOf(gone, 'club', 'ben'), { status: 'active' });
  const deleted = onAccount('ben')({ type: 'AccountDeleted', data: { accountId: 'ben', avatarFile: null, deletedAt: later } });
  const without = projected(...log, deleted);
  t.same(Object.keys(without.contents()).filter((key) => key.includes('ben')), []);
  t.match(await membershipOf(without, 'school', 'cleo'), { status: 'active' });
});

t.test('a role that is deleted leaves students', async (t) => {
  const roleDeleted = onOrganization('school', { type: 'OrganizationRoleDeleted', data: { organizationId: 'school', roleId: 'tutor', deletedAt: later } });
  const roleCreated = onOrganization('school', { type: 'OrganizationRoleCreated', data: { organizationId: 'school', roleId: 'tutor', name: 'Tutor', permissions: [], createdAt: at } });
  const readModels = projected(created('school'), roleCreated, joined('ben', { roleId: 'tutor' }), joined('cleo', { roleId: 'instructor' }), roleDeleted);
  t.match(await membershipOf(readModels, 'school', 'ben'), { roleId: 'student' });
  t.match(await membershipOf(readModels, 'school', 'cleo'), { roleId: 'instructor' });
  t.match(await organizationById(readModels, 'school'), { roles: builtInRoles });
});

t.test('nothing is made of what is not there', async (t) => {
  t.same(projected(organizationDeleted('school'), left('ben'), removed('ben')).contents(), {});
});
