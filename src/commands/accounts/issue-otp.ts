import type { RegisteredAccount } from '../../domain/account/decider.js';
import type { OtpPurpose, RequestableOtpPurpose } from '../../domain/otp/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { CommandContext } from '../context.js';
import { emailIdOf, findAccountByEmail, loadAccount } from './identifiers/find-account.js';
import { noEffect, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export type IssueOtpRejection = 'account-not-found' | 'otp-too-many';

export const otpIdOf = (purpose: OtpPurpose, accountId: string): string => `${purpose}.${accountId}`;

export const issueOtpTo = async (
  { handler, clock }: Pick<CommandServices, 'handler' | 'clock'>,
  { accountId, email, credentialsVersion }: Pick<RegisteredAccount, 'accountId' | 'email' | 'credentialsVersion'>,
  purpose: OtpPurpose,
  context: CommandContext,
): Promise<Outcome<null, 'otp-too-many'>> => {
  const otpId = uuidV5('otp', context.commandId);
  const data = { otpId, accountId, purpose, emailId: emailIdOf(email), credentialsVersion, at: clock.now().toISOString() };
  const issued = await handler.handle(aggregates.otp, otpIdOf(purpose, accountId), { type: 'IssueOtp', data }, context);
  return issued.ok ? succeeded(null, issued) : reject('otp-too-many', issued.details);
};

export const issueOtp =
  (services: CommandServices) =>
  async (
    { accountId, purpose }: { accountId: string; purpose: RequestableOtpPurpose },
    context: CommandContext,
  ): Promise<Outcome<null, IssueOtpRejection>> => {
    const found = await loadAccount(services, accountId);
    if (found === undefined) return reject('account-not-found');
    return issueOtpTo(services, found.account, purpose, context);
  };

/**
 * Requests a code for anybody who names an address. The answer, position and change included, is the same without an account or
 * after too many codes: only the mail tells.
 */
export const requestOtp =
  (services: CommandServices) =>
  async ({ email, purpose }: { email: string; purpose: RequestableOtpPurpose }, context: CommandContext): Promise<Outcome<null, never>> => {
    const found = await findAccountByEmail(services, email);
    if (found !== undefined) await issueOtpTo(services, found.account, purpose, context);
    return succeeded(null, noEffect);
  };
