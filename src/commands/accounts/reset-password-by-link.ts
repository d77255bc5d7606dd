import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { CommandContext } from '../context.js';
import type { Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { loadAccount } from './identifiers/find-account.js';
import { otpIdOf } from './issue-otp.js';
import { oneTimeCode } from './one-time-code.js';
import { readResetToken } from './reset-link.js';
import { resetPasswordOf, type ResetPasswordRejection } from './reset-password.js';

const PURPOSE = 'password_reset_link';

/** Uses up the link of a mail. A token that was replaced or not signed here does no work, and counts as no try: it can't be guessed. */
export const resetPasswordByLink =
  (services: CommandServices) =>
  async ({ token, newPassword }: { readonly token: string; readonly newPassword: string }, context: CommandContext): Promise<Outcome<{ accountId: string }, ResetPasswordRejection>> => {
    const named = readResetToken(services.keys, token);
    if (named === undefined) return reject('otp-invalid');
    const { accountId, otpId } = named;
    const [found, { state: otp }] = await Promise.all([
      loadAccount(services, accountId),
      services.handler.load(aggregates.otp, otpIdOf(PURPOSE, accountId)),
    ]);
    if (found === undefined || otp.status === 'none' || otp.otpId !== otpId) return reject('otp-invalid');
    return resetPasswordOf(services, { found, purpose: PURPOSE, code: oneTimeCode(services.keys, otpId), newPassword }, context);
  };
