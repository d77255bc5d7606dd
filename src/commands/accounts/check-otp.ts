import type { RegisteredAccount } from '../../domain/account/decider.js';
import type { OtpPurpose } from '../../domain/otp/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { derivedContext, type CommandContext } from '../context.js';
import { addressForCode, emailIdOf, nobodysId } from './identifiers/find-account.js';
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

/** Whose code it would be. */
export type CodeHolder = Pick<RegisteredAccount, 'accountId' | 'email' | 'recoveryEmail' | 'credentialsVersion'>;

/** Tries are counted for each caller; the log names none of them. */
export const callerIdOf = (keys: Pick<KeyStore, 'sign'>, { caller }: CommandContext): string | undefined =>
  caller === undefined ? undefined : keys.sign('one-time-code', `caller/${caller}`).toString('hex').slice(0, 32);

type Services = Pick<CommandServices, 'handler' | 'clock' | 'keys' | 'deferred'>;

/**
 * Compares a code with the one that was issued. Undefined: not good, and nobody's code never is. What is not good takes the same
 * reads for every holder and none; a wrong code is counted after the answer, but before the next one that is right.
 */
export const checkOtp = async (
  { handler, clock, keys, deferred }: Services,
  holder: CodeHolder | undefined,
  { purpose, code, mode }: Attempt,
  context: CommandContext,
): Promise<Effect | undefined> => {
  await deferred.room();
  const { accountId, email, recoveryEmail, credentialsVersion } = holder ?? nobody(context);
  const id = otpIdOf(purpose, accountId);
  const { state: otp, commands } = await handler.read(aggregates.otp, id);
  const otpId = otp.status === 'none' ? id : otp.otpId;
  const matches = isOneTimeCode(keys, otpId, code);
  const emailId = emailIdOf(addressForCode({ email, recoveryEmail }, purpose));
  const caller = callerIdOf(keys, context);
  const data = { otpId, emailId, credentialsVersion, ...(caller !== undefined && { caller }), matches, mode, at: clock.now().toISOString() };
  const command = { type: 'VerifyOtp', data } as const;
  // Another code is another command, even under the same request id: a repeat must not be a free guess.
  const step = derivedContext(context, keys.sign('one-time-code', `${otpId}/${code.trim()}`).toString('hex'));
  if (!commands.has(step.commandId) && !aggregates.otp.decider.decide(command, otp).ok) return undefined;
  const verify = () => handler.handle(aggregates.otp, id, command, step);
  if (!matches) {
    deferred.defer(verify);
    return undefined;
  }
  await deferred.settled();
  const verified = await verify();
  return verified.ok ? verified : undefined;
};

const nobody = ({ commandId }: CommandContext): CodeHolder => ({ accountId: nobodysId(commandId), email: '', recoveryEmail: '', credentialsVersion: 0 });
