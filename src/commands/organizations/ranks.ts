import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { OWNER_ROLE } from '../../domain/organization/permissions.js';
import { roleOf } from '../../domain/organization/state.js';
import { hasAll } from '../access/organization-rules.js';
import type { Standpoint } from './standing.js';

/** Only owners make owners, and nobody gives a role that can more than they can. */
export const notToGive = ({ organization, standing }: Standpoint, roleId: string): Refusal<'role-not-found' | 'role-beyond-own'> | undefined => {
  const role = roleOf(organization, roleId);
  if (role === undefined) return reject('role-not-found', { roleId });
  const isBeyond = roleId === OWNER_ROLE ? !standing.isOwner : !hasAll(standing, role.permissions);
  return isBeyond ? reject('role-beyond-own', { roleId }) : undefined;
};

/** Nor takes one from a member or from an invited account. A role that was deleted can nothing. */
export const notToTake = (found: Standpoint, { roleId, userId }: { readonly roleId: string; readonly userId: string }): Refusal<'role-beyond-own'> | undefined => {
  const { organization, standing } = found;
  if (organization.owners.includes(userId) && !standing.isOwner) return reject('role-beyond-own', { roleId });
  const refused = notToGive(found, roleId);
  return refused?.rejection === 'role-beyond-own' ? reject('role-beyond-own', { roleId }) : undefined;
};
