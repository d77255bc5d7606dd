import t from 'tap';
import { organizationDecider, type OrganizationCommand } from '../../src/domain/organization/decider.js';
import type { OrganizationEvent } from '../../src/domain/organization/events.js';
import { allPermissions, builtInRoles, permissionsOf } from '../../src/domain/organization/permissions.js';
import { given, stateAfter } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const organizationId = 'school';
const founding = { organizationId, name: 'School', description: null, founderId: 'ada' };
const create: OrganizationCommand = { type: 'CreateOrganization', data: { ...founding, at } };
const created: OrganizationEvent = { type: 'OrganizationCreated', data: { ...founding, createdAt: at } };
const change = (changes: Partial<Extract<OrganizationCommand, { type: 'ChangeOrganization' }>['data']>): OrganizationCommand => ({ type: 'ChangeOrganization', data: { ...changes, at } });
const changed = (changes: Partial<Extract<OrganizationEvent, { type: 'OrganizationChanged' }>['data']>): OrganizationEvent => ({
  type: 'OrganizationChanged',
  data: { organizationId, ...changes, changedAt: at },
});
const remove: OrganizationCommand = { type: 'DeleteOrganization', data: { at } };
const deleted: OrganizationEvent = { type: 'OrganizationDeleted', data: { organizationId, deletedAt: at } };
const addOwner = (userId: string): OrganizationCommand => ({ type: 'AddOwner', data: { userId, at } });
const ownerAdded = (userId: string): OrganizationEvent => ({ type: 'OrganizationOwnerAdded', data: { organizationId, userId, addedAt: at } });
const removeOwner = (userId: string, gone: readonly string[] = []): OrganizationCommand => ({ type: 'RemoveOwner', data: { userId, gone, at } });
const ownerRemoved = (userId: string): OrganizationEvent => ({ type: 'OrganizationOwnerRemoved', data: { organizationId, userId, removedAt: at } });
type Permissions = Extract<OrganizationEvent, { type: 'OrganizationRoleCreated' }>['data']['permissions'];
const createRole = (roleId: string, name: string, permissions: Permissions = []): OrganizationCommand => ({ type: 'CreateRole', data: { roleId, name, permissions, at } });
const roleCreated = (roleId: string, name: string, permissions: Permissions = []): OrganizationEvent => ({
  type: 'OrganizationRoleCreated',
  data: { organizationId, roleId, name, permissions, createdAt: at },
});
const changeRole = (roleId: string, changes: { name?: string; permissions?: Permissions }): OrganizationCommand => ({ type: 'ChangeRole', data: { roleId, ...changes, at } });
const roleChanged = (roleId: string, changes: { name?: string; permissions?: Permissions }): OrganizationEvent => ({
  type: 'OrganizationRoleChanged',
  data: { organizationId, roleId, ...changes, changedAt: at },
});
const deleteRole = (roleId: string): OrganizationCommand => ({ type: 'DeleteRole', data: { roleId, at } });
const roleDeleted = (roleId: string): OrganizationEvent => ({ type: 'OrganizationRoleDeleted', data: { organizationId, roleId, deletedAt: at } });

t.test('founding', async (t) => {
  t.test('the founder is the first owner', async (t) => {
    given(organizationDecider).when(create).then([created]);
    t.match(stateAfter(organizationDecider, [created]), { status: 'active', owners: ['ada'], roles: builtInRoles, settings: {} });
  });
  t.test('is done once', async () => given(organizationDecider, [created]).when(create).thenNothing());
  t.test('is refused to others', async () =>
    given(organizationDecider, [created]).when({ type: 'CreateOrganization', data: { ...founding, founderId: 'eve', at } }).thenRefused('organization-exists'));
});

t.test('changing', async (t) => {
  t.test('records what is another', async () =>
    given(organizationDecider, [created]).when(change({ name: 'Academy', description: null, settings: { zone: 'UTC' } })).then([changed({ name: 'Academy', settings: { zone: 'UTC' } })]));
  t.test('clears the description', async () =>
    given(organizationDecider, [created, changed({ description: 'Old' })]).when(change({ description: null })).then([changed({ description: null })]));
  t.test('is nothing where all is the same', async () =>
    given(organizationDecider, [created, changed({ settings: { zone: 'UTC' } })]).when(change({ name: 'School', settings: { zone: 'UTC' } })).thenNothing());
  t.test('settings have a limit', async () =>
    given(organizationDecider, [created]).when(change({ settings: { text: 'x'.repeat(10_000) } })).thenRefused('organization-settings-too-large', { most: 10_000 }));
  t.test('settings are replaced', async (t) => {
    t.match(stateAfter(organizationDecider, [created, changed({ settings: { a: 1 } }), changed({ settings: { b: 2 } })]), { settings: { b: 2, a: undefined } });
  });
});

t.test('deleting', async (t) => {
  t.test('ends it', async () => given(organizationDecider, [created]).when(remove).then([deleted]));
  t.test('nothing can be done to one that is gone or never was', async () => {
    for (const command of [change({ name: 'X' }), remove, addOwner('ben'), removeOwner('ada'), createRole('r', 'R'), changeRole('r', {}), deleteRole('r')]) {
      given(organizationDecider, [created, deleted]).when(command).thenRefused('organization-not-found');
      given(organizationDecider).when(command).thenRefused('organization-not-found');
    }
  });
});

t.test('owners', async (t) => {
  t.test('another one is added, once', async () => {
    given(organizationDecider, [created]).when(addOwner('ben')).then([ownerAdded('ben')]);
    given(organizationDecider, [created, ownerAdded('ben')]).when(addOwner('ben')).thenNothing();
  });
  t.test('there are at most a hundred', async () => {
    const full = Array.from({ length: 99 }, (_, index) => ownerAdded(`owner-${index}`));
    given(organizationDecider, [created, ...full]).when(addOwner('ben')).thenRefused('too-many-owners', { most: 100 });
    given(organizationDecider, [created, ...full.slice(1)]).when(addOwner('ben')).then([ownerAdded('ben')]);
  });
  t.test('one goes while another is left', async () => {
    given(organizationDecider, [created, ownerAdded('ben')]).when(removeOwner('ada')).then([ownerRemoved('ada')]);
    given(organizationDecider, [created, ownerAdded('ben'), ownerRemoved('ada')]).when(removeOwner('ada')).thenNothing();
  });
  t.test('the last one stays', async () => {
    given(organizationDecider, [created]).when(removeOwner('ada')).thenRefused('last-owner');
    given(organizationDecider, [created, ownerAdded('ben'), ownerRemoved('ada')]).when(removeOwner('ben')).thenRefused('last-owner');
  });
  t.test('owners whose accounts were deleted do not count', async () => {
    const log = [created, ownerAdded('ben'), ownerAdded('cleo')];
    given(organizationDecider, log).when(removeOwner('ada', ['ben', 'cleo'])).thenRefused('last-owner');
    given(organizationDecider, log).when(removeOwner('ada', ['ben'])).then([ownerRemoved('ada')]);
  });
});

t.test('roles', async (t) => {
  const log = [created, roleCreated('tutor', 'Tutor', ['members.read'])];
  t.test('one is made, each permission once', async () =>
    given(organizationDecider, [created]).when(createRole('tutor', 'Tutor', ['members.read', 'members.read'])).then([roleCreated('tutor', 'Tutor', ['members.read'])]));
  t.test('making it again is nothing', async () => given(organizationDecider, log).when(createRole('tutor', 'Tutor')).thenNothing());
  t.test('names are unique, whatever their case', async () => {
    given(organizationDecider, log).when(createRole('other', 'TUTOR')).thenRefused('role-name-taken', { name: 'TUTOR' });
    given(organizationDecider, [created]).when(createRole('other', 'owner')).thenRefused('role-name-taken', { name: 'owner' });
    given(organizationDecider, [...log, roleCreated('aide', 'Aide')]).when(changeRole('aide', { name: 'tutor' })).thenRefused('role-name-taken', { name: 'tutor' });
  });
  t.test('there are at most fifty', async () => {
    const full = Array.from({ length: 47 }, (_, index) => roleCreated(`role-${index}`, `Role ${index}`));
    given(organizationDecider, [created, ...full]).when(createRole('tutor', 'Tutor')).thenRefused('too-many-roles', { most: 50 });
  });
  t.test('one is changed in what is another', async () => {
    given(organizationDecider, log).when(changeRole('tutor', { name: 'Aide', permissions: ['members.read'] })).then([roleChanged('tutor', { name: 'Aide' })]);
    given(organizationDecider, log).when(changeRole('tutor', { permissions: [] })).then([roleChanged('tutor', { permissions: [] })]);
    given(organizationDecider, log).when(changeRole('tutor', { name: 'Tutor' })).thenNothing();
    given(organizationDecider, log).when(changeRole('tutor', { name: 'TUTOR' })).then([roleChanged('tutor', { name: 'TUTOR' })]);
  });
  t.test('one is deleted', async (t) => {
    given(organizationDecider, log).when(deleteRole('tutor')).then([roleDeleted('tutor')]);
    t.match(stateAfter(organizationDecider, [...log, roleDeleted('tutor')]), { roles: builtInRoles });
  });
  t.test('what is not there can neither be changed nor deleted', async () => {
    for (const command of [changeRole('none', { name: 'X' }), deleteRole('none')]) given(organizationDecider, log).when(command).thenRefused('role-not-found', { roleId: 'none' });
  });
  t.test('those of every organization stay as they are', async () => {
    for (const roleId of ['owner', 'instructor', 'student']) {
      given(organizationDecider, log).when(changeRole(roleId, { permissions: [] })).thenRefused('role-built-in', { roleId });
      given(organizationDecider, log).when(deleteRole(roleId)).thenRefused('role-built-in', { roleId });
    }
  });
});

t.test('permissions follow from the role, and ownership from the list', async (t) => {
  t.same(permissionsOf(builtInRoles, { roleId: 'owner', isOwner: true }), allPermissions);
  t.same(permissionsOf(builtInRoles, { roleId: 'owner', isOwner: false }), []);
  t.same(permissionsOf(builtInRoles, { roleId: 'instructor', isOwner: false }), ['members.read', 'courses.create', 'attendance.manage']);
  t.same(permissionsOf(builtInRoles, { roleId: 'deleted', isOwner: false }), []);
});

t.test('evolve ignores what does not apply', async (t) => {
  t.same(stateAfter(organizationDecider, [ownerAdded('ben'), roleCreated('r', 'R'), deleted]), { status: 'none' });
  t.match(stateAfter(organizationDecider, [created, changed({ name: 'Academy' }), created]), { name: 'Academy' });
});
