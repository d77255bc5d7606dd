import type { RequestableOtpPurpose } from '../../domain/otp/events.js';
import { reject } from '../../domain/kernel/decider.js';
import { checkOtp, type VerifyOtpRejection } from './check-otp.js';
import type { CommandContext } from '../context.js';
import { findAccountByEmail } from './identifiers/find-account.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { verifyEmail } from './verify-email.js';

/** Uses up a code that verifies the address; confirms any other code for the step that uses it. */
export const verifyOtp =
  (services: CommandServices) =>
  async (
    { email, code, purpose }: { email: string; code: string; purpose: RequestableOtpPurpose },
    context: CommandContext,
  ): Promise<Outcome<{ accountId: string }, VerifyOtpRejection>> => {
    if (purpose === 'email_verification') return verifyEmail(services)({ email, code }, context);
    const found = await findAccountByEmail(services, email);
    const checked = await checkOtp(services, found?.account, { purpose, code, mode: 'confirm' }, context);
    if (found === undefined || checked === undefined) return reject('otp-invalid');
    return succeeded({ accountId: found.account.accountId }, checked);
  };
