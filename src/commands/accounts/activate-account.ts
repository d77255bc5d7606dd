import { isSameEmail } from '../../domain/account/addresses.js';
import { reject } from '../../domain/kernel/decider.js';
import type { VerifyOtpRejection } from './check-otp.js';
import { derivedContext, type CommandContext } from '../context.js';
import { findAccountByEmail, loadAccount } from './identifiers/find-account.js';
import { openSession, type SessionTokens } from './open-session.js';
import { needsSecondFactor } from './second-factor.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { verifyEmailOf, VERIFY_EMAIL } from './verify-email.js';

export type ActivateAccountRejection = VerifyOtpRejection | 'log-in-required';

/**
 * Verifies the address and logs in, once. A code is no password: it opens no account that is active, or has a
 * second factor, or was given this address by somebody who did not know the password.
 */
export const activateAccount =
  (services: CommandServices) =>
  async (
    { email, code }: { email: string; code: string },
    context: CommandContext,
  ): Promise<Outcome<SessionTokens, ActivateAccountRejection>> => {
    const found = await findAccountByEmail(services, email);
    const isRepeat = found?.commands.has(derivedContext(context, VERIFY_EMAIL).commandId) === true;
    const awaited = found?.account.emailVerified === true && !isRepeat ? undefined : found;
    const verified = await verifyEmailOf(services, { found: awaited, email, code }, context);
    if (!verified.ok) return verified;
    const active = await loadAccount(services, verified.value.accountId);
    if (active === undefined || awaited === undefined) return reject('otp-invalid');
    if (!isSameEmail(awaited.account.trustedEmail, email) || needsSecondFactor(services, active.account)) return reject('log-in-required');
    const session = await openSession(services, active.account, derivedContext(context, 'open-session'));
    return succeeded(session.value, verified, session);
  };
