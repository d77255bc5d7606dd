import type { Role } from '../../domain/account/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { profileOf, type AccountProfile } from './account-profile.js';
import type { CommandContext } from '../context.js';
import type { Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export type CompleteRegistrationRejection = 'account-not-found' | 'role-not-allowed' | 'role-already-chosen';

export const completeRegistration =
  ({ handler, clock }: CommandServices) =>
  async (
    { accountId, role }: { accountId: string; role: Role },
    context: CommandContext,
  ): Promise<Outcome<AccountProfile, CompleteRegistrationRejection>> => {
    const data = { accountId, role, at: clock.now().toISOString() };
    const selected = await handler.handle(aggregates.account, accountId, { type: 'SelectAccountRole', data }, context);
    if (selected.state.status !== 'registered') return { ok: false, rejection: 'account-not-found' };
    if (selected.ok) return { ok: true, value: profileOf(selected.state), position: selected.position };
    if (role === 'admin' && selected.state.role === null) return { ok: false, rejection: 'role-not-allowed' };
    return { ok: false, rejection: 'role-already-chosen', details: { role: selected.state.role } };
  };
