import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { checkOtp, type VerifyOtpRejection } from './check-otp.js';
import { derivedContext, type CommandContext } from '../context.js';
import { findAccountByEmail } from './identifiers/find-account.js';
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
    if (found === undefined) return reject('otp-invalid');
    const { accountId } = found.account;
    const attempt = { purpose: 'email_verification', code, mode: 'use' } as const;
    const used = await checkOtp(services, found.account, attempt, derivedContext(context, 'use-otp'));
    if (used === undefined) return reject('otp-invalid');
    const data = { accountId, email: found.account.email, at: services.clock.now().toISOString() };
    const step = derivedContext(context, VERIFY_EMAIL);
    const verified = await services.handler.handle(aggregates.account, accountId, { type: 'VerifyAccountEmail', data }, step);
    if (!verified.ok) return reject('otp-invalid');
    return succeeded({ accountId }, used, verified);
  };
