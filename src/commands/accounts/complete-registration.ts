import type { Role } from '../../domain/account/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { profileOf, type AccountProfile } from './account-profile.js';
import type { CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export type CompleteRegistrationRejection = 'account-not-found' | 'role-not-allowed' | 'role-already-chosen';

/** Sets the role of an account that came without one, once. It counts in all sessions of the account from then on. */
export const completeRegistration =
  ({ handler, clock, settings }: CommandServices) =>
  async (
    { accountId, role }: { accountId: string; role: Role },
    context: CommandContext,
  ): Promise<Outcome<AccountProfile, CompleteRegistrationRejection>> => {
    const data = { accountId, role, adminAllowed: settings.openAdminSignUp, at: clock.now().toISOString() };
    const selected = await handler.handle(aggregates.account, accountId, { type: 'SelectAccountRole', data }, context);
    if (!selected.ok) {
      const { rejection, details } = selected;
      return rejection === 'role-not-allowed' || rejection === 'role-already-chosen' ? reject(rejection, details) : reject('account-not-found');
    }
    if (selected.state.status !== 'registered') return reject('account-not-found');
    return succeeded(profileOf(selected.state), selected);
  };
