import { reject } from '../../domain/kernel/decider.js';
import type { VerifyOtpRejection } from './check-otp.js';
import { derivedContext, type CommandContext } from '../context.js';
import { findAccountByLogin } from './identifiers/find-account.js';
import { openSession, type SessionTokens } from './open-session.js';
import { succeeded, type Outcome } from '../outcome.js';
import { useSecondFactorCode } from './second-factor.js';
import type { CommandServices } from '../services.js';

/** The second step of a login in two steps: the code stands for the password that was right. */
export const verifySecondFactor =
  (services: CommandServices) =>
  async (
    { email, code }: { email: string; code: string },
    context: CommandContext,
  ): Promise<Outcome<SessionTokens, VerifyOtpRejection>> => {
    const found = await findAccountByLogin(services, email);
    const used = await useSecondFactorCode(services, found?.account, code, context);
    if (found === undefined || used === undefined) return reject('otp-invalid');
    const session = await openSession(services, found.account, derivedContext(context, 'open-session'));
    return succeeded(session.value, used, session);
  };
