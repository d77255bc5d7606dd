import { isSameEmail } from '../../domain/account/addresses.js';
import type { RegisteredAccount } from '../../domain/account/decider.js';
import type { MailSurface, OtpPurpose, RequestableOtpPurpose } from '../../domain/otp/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { CommandContext } from '../context.js';
import { addressForCode, emailIdOf, findAccountByEmail, loadAccount } from './identifiers/find-account.js';
import { noEffect, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export type IssueOtpRejection = 'account-not-found' | 'otp-too-many';

export const otpIdOf = (purpose: OtpPurpose, accountId: string): string => `${purpose}.${accountId}`;

export const issueOtpTo = async (
  { handler, clock }: Pick<CommandServices, 'handler' | 'clock'>,
  account: Pick<RegisteredAccount, 'accountId' | 'email' | 'recoveryEmail' | 'credentialsVersion'>,
  purpose: OtpPurpose,
  context: CommandContext,
  surface?: MailSurface,
): Promise<Outcome<null, 'otp-too-many'>> => {
  const otpId = uuidV5('otp', context.commandId);
  const { accountId, credentialsVersion } = account;
  const emailId = emailIdOf(addressForCode(account, purpose));
  const data = { otpId, accountId, purpose, emailId, credentialsVersion, ...(surface === undefined ? {} : { surface }), at: clock.now().toISOString() };
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

export interface RequestedOtp {
  readonly email: string;
  readonly purpose: RequestableOtpPurpose | 'password_reset_link';
  /** Where the mail has the surface's words. */
  readonly surface?: MailSurface;
}

/** Who names the address before a new one was verified has no mail sent to the new one. */
const goesWithoutSurprise = (account: RegisteredAccount, named: string, purpose: OtpPurpose): boolean =>
  purpose !== 'email_verification' || isSameEmail(account.email, named);

/**
 * Issues a code for anybody who names an address. The outcome, position and change included, is the same without an account or
 * after too many codes: only the mail tells.
 */
export const requestOtp =
  (services: CommandServices) =>
  async ({ email, purpose, surface }: RequestedOtp, context: CommandContext): Promise<Outcome<null, never>> => {
    const found = await findAccountByEmail(services, email);
    if (found !== undefined && goesWithoutSurprise(found.account, email, purpose)) await issueOtpTo(services, found.account, purpose, context, surface);
    return succeeded(null, noEffect);
  };

/** The same after the answer, whose time then tells nothing either. A request that a dying process loses can be made again. */
export const requestOtpLater =
  (services: CommandServices) =>
  async (input: RequestedOtp, context: CommandContext): Promise<void> => {
    const { deferred } = services;
    await deferred.room();
    deferred.defer(() => requestOtp(services)(input, context));
  };
