import type { Role } from '../../domain/account/events.js';
import { reject } from '../../domain/kernel/decider.js';
import { profileOf, type AccountProfile } from './account-profile.js';
import { derivedContext, type CommandContext } from '../context.js';
import { createAccount, type NewAccount } from './create-account.js';
import type { IdentifierTaken } from './identifiers/identifier-holds.js';
import { issueOtpTo } from './issue-otp.js';
import { effectOf, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface RegisterAccountInput extends NewAccount {
  readonly actorRole: Role | null;
}

export type RegisterAccountRejection = IdentifierTaken | 'admin-sign-up-closed' | 'role-not-allowed' | 'password-required';

export const registerAccount =
  (services: CommandServices) =>
  async (
    { actorRole, ...input }: RegisterAccountInput,
    context: CommandContext,
  ): Promise<Outcome<AccountProfile, RegisterAccountRejection>> => {
    const mayBecomeAdmin = services.settings.openAdminSignUp || actorRole === 'admin';
    if (input.role === 'admin' && !mayBecomeAdmin) return reject('admin-sign-up-closed');
    if (input.role === 'auditor' && actorRole !== 'admin') return reject('role-not-allowed');
    if (input.password === null && input.provider === 'local') return reject('password-required');
    const created = await createAccount(services, input, context);
    if (!created.ok) return created;
    const step = derivedContext(context, 'issue-otp');
    const issued = await issueOtpTo(services, created.account, 'email_verification', step, input.surface);
    return succeeded(profileOf(created.account), created, effectOf(issued));
  };
