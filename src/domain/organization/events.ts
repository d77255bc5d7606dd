import { Type } from 'typebox';
import { defineEvent, Id, Nullable, Timestamp, type EventOf } from '../kernel/event-schema.js';
import { Permission } from './permissions.js';

const organizationId = Id;
const Settings = Type.Record(Type.String(), Type.Unknown());
const Permissions = Type.Array(Permission);

export const organizationEvents = [
  defineEvent('OrganizationCreated', 'An account founded an organization and is its first owner.', {
    organizationId,
    name: Type.String(),
    description: Nullable(Type.String()),
    founderId: Id,
    createdAt: Timestamp,
  }),
  defineEvent('OrganizationChanged', 'What the organization says of itself changed; a field that is absent did not.', {
    organizationId,
    name: Type.Optional(Type.String()),
    description: Type.Optional(Nullable(Type.String())),
    settings: Type.Optional(Settings),
    changedAt: Timestamp,
  }),
  defineEvent('OrganizationDeleted', 'The organization is gone; its courses stay with their instructors and students.', { organizationId, deletedAt: Timestamp }),
  defineEvent('OrganizationOwnerAdded', 'A member is one of the owners.', { organizationId, userId: Id, addedAt: Timestamp }),
  defineEvent('OrganizationOwnerRemoved', 'A member is no owner any more; another one is left.', { organizationId, userId: Id, removedAt: Timestamp }),
  defineEvent('OrganizationRoleCreated', 'The organization has one more role.', {
    organizationId,
    roleId: Id,
    name: Type.String(),
    permissions: Permissions,
    createdAt: Timestamp,
  }),
  defineEvent('OrganizationRoleChanged', 'A role has another name or other permissions, for all who have it.', {
    organizationId,
    roleId: Id,
    name: Type.Optional(Type.String()),
    permissions: Type.Optional(Permissions),
    changedAt: Timestamp,
  }),
  defineEvent('OrganizationRoleDeleted', 'A role is gone; its members are students.', { organizationId, roleId: Id, deletedAt: Timestamp }),
] as const;

export type OrganizationEvent = EventOf<(typeof organizationEvents)[number]>;
