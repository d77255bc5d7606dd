import type { RegisteredAccount } from '../../domain/account/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { checkOtp, type VerifyOtpRejection } from './check-otp.js';
import { derivedContext, type CommandContext } from '../context.js';
import { findAccountByEmail, type LoadedAccount } from './identifiers/find-account.js';
import { combined, effectOf, succeeded, type Effect, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { rememberNetwork } from './try-password.js';

export interface ResetPasswordInput {
  readonly email: string;
  readonly code: string;
  readonly newPassword: string;
}

export type ResetPasswordRejection = VerifyOtpRejection;

/** Uses up the code from the mail, which also verifies the address that it went to. All sessions end. */
export const resetPassword =
  (services: CommandServices) =>
  async ({ email, code, newPassword }: ResetPasswordInput, context: CommandContext): Promise<Outcome<{ accountId: string }, ResetPasswordRejection>> => {
    const found = await findAccountByEmail(services, email);
    return resetPasswordOf(services, { found, purpose: 'password_reset', code, newPassword }, context);
  };

interface Reset {
  readonly found: LoadedAccount | undefined;
  readonly purpose: 'password_reset' | 'password_reset_link';
  readonly code: string;
  readonly newPassword: string;
}

/** Where nobody was found the code is refused after as much work. */
export const resetPasswordOf = async (
  services: CommandServices,
  { found, ...attempt }: Reset,
  context: CommandContext,
): Promise<Outcome<{ accountId: string }, ResetPasswordRejection>> => {
  const account = found?.account;
  const done = derivedContext(context, 'reset-password');
  if (found?.commands.has(done.commandId) === true) return succeeded({ accountId: found.account.accountId }, { position: found.position, changed: true });
  const passwordHash = await hashForCode(services, { account, ...attempt }, context);
  if (account === undefined || passwordHash === undefined) return reject('otp-invalid');
  const value = { accountId: account.accountId };
  return succeeded(value, await setPassword(services, { account, passwordHash }, context));
};

/** The hash is costly: it is made for a right code only, and the code is used up once the hash is there. */
const hashForCode = async (
  services: CommandServices,
  { account, purpose, code, newPassword }: Omit<Reset, 'found'> & { account: RegisteredAccount | undefined },
  context: CommandContext,
): Promise<string | undefined> => {
  const check = (mode: 'confirm' | 'use') =>
    checkOtp(services, account, { purpose, code, mode }, derivedContext(context, `${mode}-otp`));
  if ((await check('confirm')) === undefined) return undefined;
  const passwordHash = await services.passwords.hash(newPassword);
  return (await check('use')) === undefined ? undefined : passwordHash;
};

const setPassword = async (
  services: CommandServices,
  { account, passwordHash }: { account: RegisteredAccount; passwordHash: string },
  context: CommandContext,
): Promise<Effect> => {
  const { handler, clock } = services;
  const { accountId, recoveryEmail: email } = account;
  const at = clock.now().toISOString();
  const step = derivedContext(context, 'reset-password');
  const reset = { type: 'ResetAccountPassword', data: { accountId, passwordHash, changeId: step.commandId, at } } as const;
  const verify = { type: 'VerifyAccountEmail', data: { accountId, email, at } } as const;
  // The password comes last: a repeat is recognised by its reset.
  const verified = await handler.handle(aggregates.account, accountId, verify, derivedContext(context, 'verify-email'));
  const changed = await handler.handle(aggregates.account, accountId, reset, step);
  if (changed.ok && changed.state.status === 'registered') await rememberNetwork(services, changed.state, context);
  return combined(effectOf(changed), effectOf(verified));
};
