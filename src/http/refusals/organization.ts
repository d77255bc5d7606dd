import type { OrganizationUseCaseRejection } from '../../commands/organizations/rejections.js';
import type { MembershipRejection } from '../../domain/membership/decider.js';
import type { OrganizationRejection } from '../../domain/organization/decider.js';
import type { Answer } from './answer.js';

type Refused = OrganizationRejection | MembershipRejection | OrganizationUseCaseRejection;

export const organizationRefusals = {
  'organization-not-found': ['not-found', 'The organization does not exist.'],
  'organization-exists': ['conflict', 'The organization already exists.'],
  'organization-settings-too-large': ['invalid', 'The settings are larger than an organization may keep.', 'settings'],
  'organization-not-permitted': ['forbidden', 'This takes a membership of the organization, with a role that allows it.'],
  'role-beyond-own': ['forbidden', 'Nobody can give or take a permission that they do not have themselves.'],
  'last-owner': ['conflict', 'The last owner cannot leave, be removed or get another role: name another owner first.'],
  'too-many-owners': ['conflict', 'The organization has as many owners as it may have.'],
  'too-many-roles': ['conflict', 'The organization has as many roles as it may have.'],
  'role-not-found': ['not-found', 'The role does not exist.'],
  'role-built-in': ['conflict', 'The roles that every organization has stay as they are.'],
  'role-name-taken': ['conflict', 'The organization has a role of this name.', 'name'],
  'account-ambiguous': ['unprocessable', 'The id and the address are of different accounts: send one of them.', 'email'],
  'placement-not-found': ['unprocessable', 'The organization has no such level or term.'],
  'not-invited': ['not-found', 'There is no invitation to this organization.'],
  'already-member': ['conflict', 'The account is already a member of the organization.'],
  'not-a-member': ['not-found', 'The account is no member of the organization.'],
  'too-many-courses-opened': ['conflict', 'The membership has opened as many courses as it may.'],
} satisfies Record<Refused, Answer>;

export type OrganizationCode = keyof typeof organizationRefusals;
