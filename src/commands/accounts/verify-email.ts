import { isSameEmail } from '../../domain/account/addresses.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { checkOtp, type VerifyOtpRejection } from './check-otp.js';
import { derivedContext, type CommandContext } from '../context.js';
import { emailIdOf, findAccountByEmail } from './identifiers/find-account.js';
import { releaseIdentifiers } from './identifiers/identifier-holds.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export type VerifyEmailRejection = VerifyOtpRejection;

export const VERIFY_EMAIL = 'verify-email';

export const verifyEmail =
  (services: CommandServices) =>
  async (
    { email, code }: { email: string; code: string },
    context: CommandContext,
  ): Promise<Outcome<{ accountId: string }, VerifyEmailRejection>> => {
    const found = await findAccountByEmail(services, email);
    if (found === undefined || !isSameEmail(found.account.email, email)) return reject('otp-invalid');
    const { accountId, loginEmail, recoveryEmail } = found.account;
    const attempt = { purpose: 'email_verification', code, mode: 'use' } as const;
    const used = await checkOtp(services, found.account, attempt, derivedContext(context, 'use-otp'));
    if (used === undefined) return reject('otp-invalid');
    const step = derivedContext(context, VERIFY_EMAIL);
    const data = { accountId, email: found.account.email, changeId: step.commandId, at: services.clock.now().toISOString() };
    const verified = await services.handler.handle(aggregates.account, accountId, { type: 'VerifyAccountEmail', data }, step);
    if (!verified.ok) return reject('otp-invalid');
    // Addresses that a crash leaves unreleased go to the next account that wants them.
    for (const left of [loginEmail, recoveryEmail]) {
      await releaseIdentifiers(services, { accountId, identifiers: { email: left } }, derivedContext(context, `leave ${emailIdOf(left)}`));
    }
    return succeeded({ accountId }, used, verified);
  };
