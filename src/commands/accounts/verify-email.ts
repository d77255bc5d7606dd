import { isSameEmail } from '../../domain/account/addresses.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { checkOtp, type VerifyOtpRejection } from './check-otp.js';
import { derivedContext, type CommandContext } from '../context.js';
import { emailIdOf, findAccountByEmail, type LoadedAccount } from './identifiers/find-account.js';
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
    return verifyEmailOf(services, { found: await findAccountByEmail(services, email), email, code }, context);
  };

/** Where nobody was found the code is refused after as much work. */
export const verifyEmailOf = async (
  services: CommandServices,
  { found, email, code }: { found: LoadedAccount | undefined; email: string; code: string },
  context: CommandContext,
): Promise<Outcome<{ accountId: string }, VerifyEmailRejection>> => {
  const holder = found !== undefined && isSameEmail(found.account.email, email) ? found.account : undefined;
  const attempt = { purpose: 'email_verification', code, mode: 'use' } as const;
  const used = await checkOtp(services, holder, attempt, derivedContext(context, 'use-otp'));
  if (holder === undefined || used === undefined) return reject('otp-invalid');
  const { accountId, loginEmail, recoveryEmail } = holder;
  const step = derivedContext(context, VERIFY_EMAIL);
  const data = { accountId, email: holder.email, changeId: step.commandId, at: services.clock.now().toISOString() };
  const verified = await services.handler.handle(aggregates.account, accountId, { type: 'VerifyAccountEmail', data }, step);
  if (!verified.ok) return reject('otp-invalid');
  // Addresses that a crash leaves unreleased go to the next account that wants them.
  for (const left of [loginEmail, recoveryEmail]) {
    await releaseIdentifiers(services, { accountId, identifiers: { email: left } }, derivedContext(context, `leave ${emailIdOf(left)}`));
  }
  return succeeded({ accountId }, used, verified);
};
