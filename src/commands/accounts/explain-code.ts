import { aggregates } from '../../domain/aggregates.js';
import type { MailSurface, RequestableOtpPurpose } from '../../domain/otp/events.js';
import { reject } from '../../domain/kernel/decider.js';
import { checkOtp } from './check-otp.js';
import type { CommandContext } from '../context.js';
import { findAccountByEmail } from './identifiers/find-account.js';
import { issueOtpTo, otpIdOf } from './issue-otp.js';
import { isOneTimeCode } from './one-time-code.js';
import { resetPassword, type ResetPasswordInput } from './reset-password.js';
import { noEffect, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

// For a surface whose document says which addresses have an account and why a code is not good. The routes limit who asks.

export type ExplainedRejection = 'unknown-account' | 'otp-invalid' | 'otp-expired';

/** Sends a code to the account of the address. One that was asked for too often is not sent, and that is not told. */
export const requestPasswordReset =
  (services: CommandServices) =>
  async ({ email, surface }: { email: string; surface: MailSurface }, context: CommandContext): Promise<Outcome<null, 'unknown-account'>> => {
    const found = await findAccountByEmail(services, email);
    if (found === undefined) return reject('unknown-account');
    const issued = await issueOtpTo(services, found.account, 'password_reset', context, surface);
    return issued.ok ? issued : succeeded(null, noEffect);
  };

const reasonOf = async (services: CommandServices, email: string, code: string, purpose: RequestableOtpPurpose): Promise<ExplainedRejection> => {
  const found = await findAccountByEmail(services, email);
  if (found === undefined) return 'unknown-account';
  const { state: otp } = await services.handler.read(aggregates.otp, otpIdOf(purpose, found.account.accountId));
  const isLate = (otp.status === 'issued' || otp.status === 'confirmed') && otp.expiresAt <= services.clock.now().toISOString();
  return isLate && isOneTimeCode(services.keys, otp.otpId, code) ? 'otp-expired' : 'otp-invalid';
};

/** Confirms the code of a password reset, which stays good for the reset. */
export const confirmResetCode =
  (services: CommandServices) =>
  async ({ email, code }: { email: string; code: string }, context: CommandContext): Promise<Outcome<null, ExplainedRejection>> => {
    const purpose = 'password_reset';
    const found = await findAccountByEmail(services, email);
    const checked = await checkOtp(services, found?.account, { purpose, code, mode: 'confirm' }, context);
    return checked === undefined ? reject(await reasonOf(services, email, code, purpose)) : succeeded(null, checked);
  };

export const resetPasswordExplained =
  (services: CommandServices) =>
  async (input: ResetPasswordInput, context: CommandContext): Promise<Outcome<{ accountId: string }, ExplainedRejection>> => {
    const reset = await resetPassword(services)(input, context);
    return reset.ok ? reset : reject(await reasonOf(services, input.email, input.code, 'password_reset'));
  };
