import type { Role } from '../../domain/account/events.js';
import { profileOf, type AccountProfile } from './account-profile.js';
import { derivedContext, type CommandContext } from '../context.js';
import { createAccount, type NewAccount } from './create-account.js';
import type { IdentifierTaken } from './identifiers/identifier-holds.js';
import { issueOtpTo } from './issue-otp.js';
import { latestPosition } from '../latest-position.js';
import type { Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface RegisterAccountInput extends NewAccount {
  /** Of the account that asks; null when nobody is logged in. */
  readonly actorRole: Role | null;
}

export type RegisterAccountRejection = IdentifierTaken | 'admin-sign-up-closed' | 'password-required';

export const registerAccount =
  (services: CommandServices) =>
  async (
    { actorRole, ...input }: RegisterAccountInput,
    context: CommandContext,
  ): Promise<Outcome<AccountProfile, RegisterAccountRejection>> => {
    const mayBecomeAdmin = services.settings.openAdminSignUp || actorRole === 'admin';
    if (input.role === 'admin' && !mayBecomeAdmin) return { ok: false, rejection: 'admin-sign-up-closed' };
    if (input.password === null && input.provider === 'local') return { ok: false, rejection: 'password-required' };
    const created = await createAccount(services, input, context);
    if (!created.ok) return created;
    const step = derivedContext(context, 'issue-otp');
    const issued = await issueOtpTo(services, created.account, 'email_verification', step);
    const position = latestPosition(created.position, issued.ok ? issued.position : 0n);
    return { ok: true, value: profileOf(created.account), position };
  };
