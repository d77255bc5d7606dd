import { reject } from '../../domain/kernel/decider.js';
import { changePassword, type ChangePasswordInput, type ChangePasswordRejection } from './change-password.js';
import { derivedContext, type CommandContext } from '../context.js';
import { loadAccount } from './identifiers/find-account.js';
import { openSession, type SessionTokens } from './open-session.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

/** Changes the password, which ends all sessions, and opens a new one for the client that asked in a live session. */
export const changePasswordAndReopenSession =
  (services: CommandServices) =>
  async (input: ChangePasswordInput, context: CommandContext): Promise<Outcome<SessionTokens, ChangePasswordRejection>> => {
    const changed = await changePassword(services)(input, context);
    if (!changed.ok) return changed;
    const found = await loadAccount(services, input.accountId);
    if (found === undefined) return reject('account-not-found');
    const session = await openSession(services, found.account, derivedContext(context, 'open-session'));
    return succeeded(session.value, changed, session);
  };
