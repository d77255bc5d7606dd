import type { NamedAccount } from '../../../commands/organizations/invite-member.js';
import type { Placement } from '../../../domain/membership/decider.js';
import { invalidField } from '../../shared/problem.js';
import type { ChangeOrganizationBody, InvitationBody } from './schemas.js';

export const organizationChangesOf = ({ name, settings, ...rest }: ChangeOrganizationBody) => ({
  ...(name === undefined ? {} : { name: name.trim() }),
  ...(settings === undefined ? {} : { settings: { ...settings } }),
  ...rest,
});

export const invitedAccountOf = ({ userId, email }: InvitationBody): NamedAccount => {
  if (userId === undefined && email === undefined) throw invalidField('userId', 'or email is needed: the account to invite');
  return { ...(userId === undefined ? {} : { userId }), ...(email === undefined ? {} : { email }) };
};

/** Only what was sent. */
export const placementOf = ({ levelId, termId }: Partial<Placement>): Partial<Placement> => ({
  ...(levelId === undefined ? {} : { levelId }),
  ...(termId === undefined ? {} : { termId }),
});
