import { Type } from 'typebox';
import { defineEvent, Id, Nullable, Timestamp, type EventOf } from '../kernel/event-schema.js';

const common = { organizationId: Id, userId: Id };
/** Level and term: where a member stands in the organization's course of study. */
const placement = { levelId: Nullable(Id), termId: Nullable(Id) };

/** The grants of access to courses that the membership gave. */
const opened = Type.Array(Type.Object({ courseId: Id, grantId: Id }));

export const membershipEvents = [
  defineEvent('MemberInvited', 'An account was asked to join the organization; it is no member before it accepts.', {
    ...common,
    roleId: Id,
    ...placement,
    invitedBy: Id,
    invitedAt: Timestamp,
  }),
  defineEvent('InvitationWithdrawn', 'The invitation is good no more: the organization took it back, or the account declined.', { ...common, withdrawnAt: Timestamp }),
  defineEvent('MemberJoined', 'The account accepted its invitation, or founded the organization.', { ...common, roleId: Id, ...placement, joinedAt: Timestamp }),
  defineEvent('MemberRoleChanged', 'The member has another role.', { ...common, roleId: Id, previousRoleId: Id, changedAt: Timestamp }),
  defineEvent('MemberPlacementChanged', 'The member has another level or term.', { ...common, ...placement, changedAt: Timestamp }),
  defineEvent('MemberCourseOpened', 'The membership gives access to a course of the organization; the grant ends with it.', {
    ...common,
    courseId: Id,
    grantId: Id,
    openedAt: Timestamp,
  }),
  defineEvent('MemberLeft', 'The member left the organization; what the membership had opened closes.', { ...common, opened, leftAt: Timestamp }),
  defineEvent('MemberRemoved', 'The member was removed from the organization; what the membership had opened closes.', {
    ...common,
    opened,
    removedBy: Id,
    removedAt: Timestamp,
  }),
] as const;

export type MembershipEvent = EventOf<(typeof membershipEvents)[number]>;
