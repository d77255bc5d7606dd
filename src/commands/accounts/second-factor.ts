import type { RegisteredAccount } from '../../domain/account/decider.js';
import { isOpen } from '../../domain/otp/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { callerIdOf, checkOtp } from './check-otp.js';
import { derivedContext, type CommandContext } from '../context.js';
import { issueOtpTo, otpIdOf } from './issue-otp.js';
import { noEffect, type Effect, type Handled } from '../outcome.js';
import type { CommandServices } from '../services.js';

export type SecondFactorPolicy = 'when-enabled' | 'always-for-admins';
export type SecondFactorRejection = 'second-factor-required' | 'otp-invalid' | 'otp-too-many';

type Passed = Handled<SecondFactorRejection>;

interface Attempt {
  readonly policy: SecondFactorPolicy;
  readonly otp: string | undefined;
}

/** However it is logged in: no way to a session goes around this. */
export const needsSecondFactor = (
  { settings }: Pick<CommandServices, 'settings'>,
  { twoFactor, role }: Pick<RegisteredAccount, 'twoFactor' | 'role'>,
  policy: SecondFactorPolicy = 'when-enabled',
): boolean => twoFactor || (role === 'admin' && (settings.adminSecondFactor || policy === 'always-for-admins'));

/**
 * Stands between the first proof of identity (password, another provider) and openSession, for every way of logging in. Mails a
 * code where the account needs one and none is given.
 */
export const passSecondFactor = async (
  services: CommandServices,
  account: RegisteredAccount,
  { policy, otp }: Attempt,
  context: CommandContext,
): Promise<Passed> => {
  if (!needsSecondFactor(services, account, policy)) return { ok: true, ...noEffect };
  if (otp === undefined) {
    const mailed = await mailSecondFactorCode(services, account, 'second_factor', derivedContext(context, 'issue-otp'));
    return mailed.ok ? reject('second-factor-required') : mailed;
  }
  const used = await useSecondFactorCode(services, account, otp, context);
  return used === undefined ? reject('otp-invalid') : { ok: true, ...used };
};

/** Undefined: not the code of a login of this account with its present password. */
export const useSecondFactorCode = (
  services: CommandServices,
  account: RegisteredAccount | undefined,
  code: string,
  context: CommandContext,
): Promise<Effect | undefined> =>
  checkOtp(services, account, { purpose: 'second_factor', code, mode: 'use' }, derivedContext(context, 'use-otp'));

/** Sees to it that the person has a code: mails one, unless there were too many and the last one is still good. */
export const mailSecondFactorCode = async (
  services: CommandServices,
  account: RegisteredAccount,
  purpose: 'second_factor' | 'two_factor_change',
  context: CommandContext,
): Promise<Handled<'otp-too-many'>> => {
  const { handler, clock, keys, deferred } = services;
  const issued = await issueOtpTo(services, account, purpose, context);
  if (issued.ok) return issued;
  await deferred.settled();
  const { state: standing } = await handler.load(aggregates.otp, otpIdOf(purpose, account.accountId));
  return isOpen(standing, clock.now().toISOString(), callerIdOf(keys, context)) ? { ok: true, ...noEffect } : issued;
};
