import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import { STUDENT_ROLE } from '../organization/permissions.js';
import type { MembershipEvent } from './events.js';

type Pair = Readonly<{ organizationId: string; userId: string; at: string }>;

export interface Placement {
  readonly levelId: string | null;
  readonly termId: string | null;
}

export type MembershipCommand =
  | Message<'InviteMember', Pair & Placement & { roleId: string; invitedBy: string }>
  /** `roleIds`: the roles that the organization has. Who was invited to one that is gone is a student. */
  | Message<'AcceptInvitation', Pair & { roleIds: readonly string[] }>
  /** For founders: nobody has to invite them. */
  | Message<'FoundMembership', Pair & { roleId: string }>
  | Message<'ChangeMemberRole', Pair & { roleId: string }>
  | Message<'ChangePlacement', Pair & Partial<Placement>>
  | Message<'OpenCourse', Pair & { courseId: string }>
  /** Of an invited account: declines the invitation. */
  | Message<'LeaveOrganization', Pair>
  | Message<'RemoveMember', Pair & { removedBy: string }>;

export type MembershipRejection = 'not-invited' | 'already-member' | 'not-a-member' | 'too-many-courses-opened';

/** What one event of an end can list. */
const MOST_OPENED = 1_000;

interface Standing extends Placement {
  readonly roleId: string;
}

/** Joins so far: a grant belongs to one of them, so that a late repeat opens nothing after the member left. */
type Spells = Readonly<{ spells: number }>;

export type Membership =
  | (Spells & Readonly<{ status: 'none' }>)
  | (Spells & Standing & Readonly<{ status: 'invited' }>)
  /** `openedCourses`: grants by course. */
  | (Spells & Standing & Readonly<{ status: 'active'; openedCourses: PersistentMap<string> }>)
  | (Spells & Readonly<{ status: 'left' | 'removed' }>);

const grantPrefix = (organizationId: string): string => `membership-${organizationId}-`;

/** Whether a grant of access was given by a membership of the organization. */
export const isMemberGrant = (grantId: string, organizationId: string): boolean => grantId.startsWith(grantPrefix(organizationId));

type MembershipDecision = Decision<MembershipEvent, MembershipRejection>;
type Data<Type extends MembershipCommand['type']> = Extract<MembershipCommand, { type: Type }>['data'];
type ActiveMembership = Extract<Membership, { status: 'active' }>;

const invite = ({ at, ...wanted }: Data<'InviteMember'>, membership: Membership): MembershipDecision => {
  if (membership.status === 'active') return reject('already-member');
  const { roleId, levelId, termId } = wanted;
  const stands = membership.status === 'invited' && membership.roleId === roleId && membership.levelId === levelId && membership.termId === termId;
  return stands ? accept() : accept({ type: 'MemberInvited', data: { ...wanted, invitedAt: at } });
};

const join = ({ organizationId, userId, at }: Pair, { roleId, levelId, termId }: Standing): MembershipDecision =>
  accept({ type: 'MemberJoined', data: { organizationId, userId, roleId, levelId, termId, joinedAt: at } });

const standingInvitation = ({ roleId, ...placement }: Standing, roleIds: readonly string[]): Standing => ({
  ...placement,
  roleId: roleIds.includes(roleId) ? roleId : STUDENT_ROLE,
});

const changePlacement = ({ organizationId, userId, at, ...wanted }: Data<'ChangePlacement'>, { levelId, termId }: ActiveMembership): MembershipDecision => {
  const changed = { levelId: wanted.levelId === undefined ? levelId : wanted.levelId, termId: wanted.termId === undefined ? termId : wanted.termId };
  if (changed.levelId === levelId && changed.termId === termId) return accept();
  return accept({ type: 'MemberPlacementChanged', data: { organizationId, userId, ...changed, changedAt: at } });
};

type MemberCommand = Exclude<MembershipCommand, { type: 'InviteMember' | 'AcceptInvitation' | 'FoundMembership' }>;

const openedBy = ({ openedCourses }: ActiveMembership) => [...openedCourses].map(([courseId, grantId]) => ({ courseId, grantId }));

const decideMember = ({ type, data }: MemberCommand, membership: ActiveMembership): MembershipDecision => {
  const { organizationId, userId, at } = data;
  switch (type) {
    case 'ChangeMemberRole': {
      const { roleId } = data;
      const { roleId: previousRoleId } = membership;
      return roleId === previousRoleId ? accept() : accept({ type: 'MemberRoleChanged', data: { organizationId, userId, roleId, previousRoleId, changedAt: at } });
    }
    case 'ChangePlacement':
      return changePlacement(data, membership);
    case 'OpenCourse': {
      const { courseId } = data;
      if (membership.openedCourses.has(courseId)) return accept();
      if (membership.openedCourses.size >= MOST_OPENED) return reject('too-many-courses-opened', { most: MOST_OPENED });
      const grantId = `${grantPrefix(organizationId)}${membership.spells}`;
      return accept({ type: 'MemberCourseOpened', data: { organizationId, userId, courseId, grantId, openedAt: at } });
    }
    case 'LeaveOrganization':
      return accept({ type: 'MemberLeft', data: { organizationId, userId, opened: openedBy(membership), leftAt: at } });
    case 'RemoveMember':
      return accept({ type: 'MemberRemoved', data: { organizationId, userId, opened: openedBy(membership), removedBy: data.removedBy, removedAt: at } });
  }
};

const withdraw = ({ organizationId, userId, at }: Pair): MembershipDecision =>
  accept({ type: 'InvitationWithdrawn', data: { organizationId, userId, withdrawnAt: at } });

const decideFor = (command: MemberCommand, membership: Membership): MembershipDecision =>
  membership.status === 'active' ? decideMember(command, membership) : reject('not-a-member');

export const decide = (command: MembershipCommand, membership: Membership): MembershipDecision => {
  switch (command.type) {
    case 'InviteMember':
      return invite(command.data, membership);
    case 'FoundMembership':
      return membership.status === 'active' ? accept() : join(command.data, { roleId: command.data.roleId, levelId: null, termId: null });
    case 'AcceptInvitation':
      if (membership.status === 'active') return reject('already-member');
      return membership.status === 'invited' ? join(command.data, standingInvitation(membership, command.data.roleIds)) : reject('not-invited');
    case 'LeaveOrganization':
    case 'RemoveMember':
      return membership.status === 'invited' ? withdraw(command.data) : decideFor(command, membership);
    case 'ChangeMemberRole':
    case 'ChangePlacement':
    case 'OpenCourse':
      return decideFor(command, membership);
  }
};

export const evolve = (membership: Membership, { type, data }: MembershipEvent): Membership => {
  const { spells } = membership;
  switch (type) {
    case 'MemberInvited': {
      const { roleId, levelId, termId } = data;
      return { status: 'invited', spells, roleId, levelId, termId };
    }
    case 'InvitationWithdrawn':
      return membership.status === 'invited' ? { status: 'none', spells } : membership;
    case 'MemberJoined': {
      const { roleId, levelId, termId } = data;
      return { status: 'active', spells: spells + 1, roleId, levelId, termId, openedCourses: emptyMap() };
    }
    case 'MemberRoleChanged':
      return membership.status === 'active' ? { ...membership, roleId: data.roleId } : membership;
    case 'MemberPlacementChanged':
      return membership.status === 'active' ? { ...membership, levelId: data.levelId, termId: data.termId } : membership;
    case 'MemberCourseOpened':
      return membership.status === 'active' ? { ...membership, openedCourses: membership.openedCourses.set(data.courseId, data.grantId) } : membership;
    case 'MemberLeft':
      return membership.status === 'active' ? { status: 'left', spells } : membership;
    case 'MemberRemoved':
      return membership.status === 'active' ? { status: 'removed', spells } : membership;
    default:
      return unknownEvent(type, membership);
  }
};

export const membershipDecider: Decider<Membership, MembershipCommand, MembershipEvent, MembershipRejection> = {
  initialState: () => ({ status: 'none', spells: 0 }),
  decide,
  evolve,
};
