import { reject } from '../../domain/kernel/decider.js';
import { changeAvatar, type ChangeAvatarInput } from '../accounts/change-avatar.js';
import { changeProfile } from '../accounts/change-profile.js';
import { derivedContext, type CommandContext } from '../context.js';
import { noEffect, succeeded, type Outcome } from '../outcome.js';
import type { RecordUseRejection } from '../records/record-access.js';
import type { CommandServices } from '../services.js';
import { saveProfile, type SavedProfile, type SaveProfileInput } from './save-profile.js';

export interface UpdateProfileInput extends SaveProfileInput {
  /** Of the account, in one piece. */
  readonly name?: string;
  /** Of the account. */
  readonly picture?: Omit<ChangeAvatarInput, 'accountId'>;
}

/** What a person changes of account and profile in one go. Only the end of the account can refuse one of the steps. */
export const updateProfile =
  (services: CommandServices) =>
  async (
    { name, picture, ...input }: UpdateProfileInput,
    context: CommandContext,
  ): Promise<Outcome<SavedProfile, RecordUseRejection | 'account-not-found'>> => {
    const { accountId } = input.actor;
    const renamed = name === undefined ? undefined : await changeProfile(services)({ accountId, name }, derivedContext(context, 'rename'));
    if (renamed?.ok === false) return reject('account-not-found');
    const pictured = picture === undefined ? undefined : await changeAvatar(services)({ accountId, ...picture }, derivedContext(context, 'picture'));
    if (pictured?.ok === false) return pictured;
    const { fields, cleared = [] } = input;
    const isUntouched = Object.keys(fields).length + cleared.length === 0;
    const saved = isUntouched ? succeeded({ removedFiles: [] }) : await saveProfile(services)(input, context);
    if (!saved.ok) return saved;
    const replaced = pictured?.value.replacedFile ?? null;
    const removedFiles = [...(replaced === null ? [] : [replaced]), ...saved.value.removedFiles];
    return succeeded({ removedFiles }, renamed ?? noEffect, pictured ?? noEffect, saved);
  };
