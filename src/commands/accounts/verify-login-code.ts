import type { VerifyOtpRejection } from './check-otp.js';
import type { CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { SessionTokens } from './open-session.js';
import type { CommandServices } from '../services.js';
import { verifyOtp } from './verify-otp.js';
import { verifySecondFactor } from './verify-second-factor.js';

/** The code of a login under way opens its session. A code that was only asked for is right, and opens nothing: null. */
export const verifyLoginCode =
  (services: CommandServices) =>
  async (
    { email, code }: { email: string; code: string },
    context: CommandContext,
  ): Promise<Outcome<SessionTokens | null, VerifyOtpRejection>> => {
    const opened = await verifySecondFactor(services)({ email, code }, context);
    if (opened.ok) return opened;
    const verified = await verifyOtp(services)({ email, code, purpose: 'login_verification' }, context);
    return verified.ok ? succeeded(null, verified) : verified;
  };
