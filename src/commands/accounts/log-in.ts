import type { RegisteredAccount } from '../../domain/account/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { derivedContext, type CommandContext } from '../context.js';
import { findAccountByLogin } from './identifiers/find-account.js';
import { openSession, type SessionTokens } from './open-session.js';
import { effectOf, noEffect, succeeded, type Effect, type Outcome } from '../outcome.js';
import { passSecondFactor, type SecondFactorPolicy, type SecondFactorRejection } from './second-factor.js';
import type { CommandServices } from '../services.js';
import { tryPassword, type TryPasswordRejection } from './try-password.js';

export interface LogInInput {
  readonly email: string;
  readonly password: string;
  readonly otp?: string;
  readonly secondFactor?: SecondFactorPolicy;
  /** Set by a surface that requires accounts to be activated first. */
  readonly needsVerifiedEmail?: boolean;
  /** Set where not every account may log in: asked once the password is right, before a session is opened. */
  readonly admits?: (account: RegisteredAccount) => boolean | Promise<boolean>;
  /** Set by a surface whose document distinguishes an unknown address from a wrong password. Both take the same time. */
  readonly distinguishUnknownEmail?: boolean;
}

type WrongCredentials = 'wrong-credentials' | 'unknown-account' | 'wrong-password';
export type LogInRejection = WrongCredentials | TryPasswordRejection | 'email-not-verified' | SecondFactorRejection | 'log-in-not-admitted';

/** Logs in. A wrong password is refused first: a code without the password is not looked at. */
export const logIn =
  (services: CommandServices) =>
  async (input: LogInInput, context: CommandContext): Promise<Outcome<SessionTokens, LogInRejection>> => {
    const { password, otp, secondFactor: policy = 'when-enabled', needsVerifiedEmail = false } = input;
    const found = await accountWith(services, input, context);
    if (!found.ok) return found;
    const { account } = found;
    const upgraded = await upgradeHash(services, { account, password }, derivedContext(context, 'upgrade-hash'));
    if (input.admits !== undefined && !(await input.admits(account))) return reject('log-in-not-admitted');
    if (needsVerifiedEmail && account.activatedEmail === null) return reject('email-not-verified');
    const passed = await passSecondFactor(services, account, { policy, otp }, context);
    if (!passed.ok) return passed;
    const session = await openSession(services, account, derivedContext(context, 'open-session'));
    return succeeded(session.value, upgraded, passed, session);
  };

const accountWith = async (
  services: CommandServices,
  { email, password, distinguishUnknownEmail = false }: LogInInput,
  context: CommandContext,
): Promise<Readonly<{ ok: true; account: RegisteredAccount }> | Refusal<WrongCredentials | TryPasswordRejection>> => {
  const account = (await findAccountByLogin(services, email))?.account;
  const tried = await tryPassword(services, { address: email, account, password }, context);
  if (!tried.ok) return tried;
  if (account !== undefined && tried.isRight) return { ok: true, account };
  if (!distinguishUnknownEmail) return reject('wrong-credentials');
  return reject(account === undefined ? 'unknown-account' : 'wrong-password');
};

const upgradeHash = async (
  { handler, passwords, clock }: CommandServices,
  { account, password }: { account: RegisteredAccount; password: string },
  context: CommandContext,
): Promise<Effect> => {
  const { accountId, passwordHash: replaces } = account;
  if (replaces === null || !passwords.isOutdated(replaces, password)) return noEffect;
  const data = { accountId, passwordHash: await passwords.hash(password), replaces, at: clock.now().toISOString() };
  return effectOf(await handler.handle(aggregates.account, accountId, { type: 'UpgradePasswordHash', data }, context));
};
