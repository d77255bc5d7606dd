import type { RegisteredAccount } from '../../domain/account/decider.js';
import type { OtpPurpose } from '../../domain/otp/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { derivedContext, type CommandContext } from '../context.js';
import { addressForCode, emailIdOf } from './identifiers/find-account.js';
import { otpIdOf } from './issue-otp.js';
import { isOneTimeCode } from './one-time-code.js';
import type { KeyStore } from '../../ports/key-store.js';
import type { Effect } from '../outcome.js';
import type { CommandServices } from '../services.js';

/** One code for wrong, expired, used up and unknown address: different ones would say who has an account. */
export type VerifyOtpRejection = 'otp-invalid';

interface Attempt {
  readonly purpose: OtpPurpose;
  readonly code: string;
  /** confirm: the code stays good for the step that uses it. */
  readonly mode: 'confirm' | 'use';
}

/** Tries are counted for each caller; the log names none of them. */
export const callerIdOf = (keys: Pick<KeyStore, 'sign'>, { caller }: CommandContext): string | undefined =>
  caller === undefined ? undefined : keys.sign('one-time-code', `caller/${caller}`).toString('hex').slice(0, 32);

/** Compares a code with the one that was issued and counts wrong ones. Undefined: not good. */
export const checkOtp = async (
  { handler, clock, keys }: Pick<CommandServices, 'handler' | 'clock' | 'keys'>,
  account: Pick<RegisteredAccount, 'accountId' | 'email' | 'recoveryEmail' | 'credentialsVersion'>,
  { purpose, code, mode }: Attempt,
  context: CommandContext,
): Promise<Effect | undefined> => {
  const { accountId, credentialsVersion } = account;
  const id = otpIdOf(purpose, accountId);
  const { state: otp } = await handler.load(aggregates.otp, id);
  if (otp.status === 'none') return undefined;
  const matches = isOneTimeCode(keys, otp.otpId, code);
  const emailId = emailIdOf(addressForCode(account, purpose));
  const caller = callerIdOf(keys, context);
  const data = { otpId: otp.otpId, emailId, credentialsVersion, ...(caller !== undefined && { caller }), matches, mode, at: clock.now().toISOString() };
  // Another code is another command, even under the same request id: a repeat must not be a free guess.
  const guess = keys.sign('one-time-code', `${otp.otpId}/${code.trim()}`).toString('hex');
  const step = derivedContext(context, guess);
  const verified = await handler.handle(aggregates.otp, id, { type: 'VerifyOtp', data }, step);
  return verified.ok && matches ? verified : undefined;
};
