import type { AccountProfile } from './account-profile.js';
import { changeIdentifiers, type ChangeIdentifiersRejection, type NewIdentifiers } from './identifiers/change-identifiers.js';
import type { CommandContext } from '../context.js';
import type { Outcome } from '../outcome.js';
import { checkPassword, type CheckPasswordRejection } from './check-password.js';
import type { CommandServices } from '../services.js';

export interface ChangeContactInput extends NewIdentifiers {
  readonly accountId: string;
  readonly password: string;
}

export type ChangeContactRejection = CheckPasswordRejection | ChangeIdentifiersRejection;

/** Changes address, username and phone number, all or none, for a person who knows the password. A new address is unverified. */
export const changeContact =
  (services: CommandServices) =>
  async (
    { password, ...changes }: ChangeContactInput,
    context: CommandContext,
  ): Promise<Outcome<AccountProfile, ChangeContactRejection>> => {
    const refusal = await checkPassword(services, { accountId: changes.accountId, password }, context);
    return refusal ?? changeIdentifiers(services, { ...changes, proof: 'password' }, context);
  };
