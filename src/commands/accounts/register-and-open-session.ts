import type { CommandContext } from '../context.js';
import { derivedContext } from '../context.js';
import { reject } from '../../domain/kernel/decider.js';
import { combined, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { loadAccount } from './identifiers/find-account.js';
import { openSession, type SessionTokens } from './open-session.js';
import { registerAccount, type RegisterAccountInput, type RegisterAccountRejection } from './register-account.js';

/** Registers an account of a surface where accounts are in use at once. */
export const registerAndOpenSession =
  (services: CommandServices) =>
  async (input: RegisterAccountInput, context: CommandContext): Promise<Outcome<SessionTokens, RegisterAccountRejection | 'account-not-found'>> => {
    const registered = await registerAccount(services)(input, context);
    if (!registered.ok) return registered;
    const found = await loadAccount(services, registered.value.accountId);
    if (found === undefined) return reject('account-not-found');
    const session = await openSession(services, found.account, derivedContext(context, 'open-session'));
    return succeeded(session.value, combined(registered, session));
  };
