import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { profileOf, type AccountProfile } from './account-profile.js';
import type { CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface ChangeAvatarInput {
  readonly accountId: string;
  readonly avatarFile: string;
  readonly imageUrl: string;
}

export interface ChangedAvatar {
  readonly account: AccountProfile;
  readonly replacedFile: string | null;
}

export const changeAvatar =
  ({ handler, clock }: CommandServices) =>
  async (
    { accountId, ...picture }: ChangeAvatarInput,
    context: CommandContext,
  ): Promise<Outcome<ChangedAvatar, 'account-not-found'>> => {
    const data = { accountId, ...picture, at: clock.now().toISOString() };
    const changed = await handler.handle(aggregates.account, accountId, { type: 'ChangeAccountAvatar', data }, context);
    if (!changed.ok || changed.state.status !== 'registered') return reject('account-not-found');
    const value = { account: profileOf(changed.state), replacedFile: changed.state.replacedFile };
    return succeeded(value, changed);
  };
