import type { RegisteredAccount } from '../domain/account/decider.js';
import { accountAggregate } from './account-aggregates.js';
import { derivedContext, type CommandContext } from './context.js';
import { findAccountByEmail } from './email-identity.js';
import { latestPosition } from './latest-position.js';
import { openSession, type SessionTokens } from './open-session.js';
import type { Outcome } from './outcome.js';
import type { CommandServices } from './services.js';

export interface LogInInput {
  readonly email: string;
  readonly password: string;
  /** For a surface whose document tells an unknown address from a wrong password. Both take the same time all the same. */
  readonly tellsApart?: boolean;
}

export type LogInRejection = 'wrong-credentials' | 'unknown-account' | 'wrong-password';

export const logIn =
  (services: CommandServices) =>
  async (
    { email, password, tellsApart = false }: LogInInput,
    context: CommandContext,
  ): Promise<Outcome<SessionTokens, LogInRejection>> => {
    const account = (await findAccountByEmail(services, email))?.account;
    const isRight = await services.passwords.verify(password, account?.passwordHash ?? null);
    if (account === undefined || !isRight) {
      if (!tellsApart) return { ok: false, rejection: 'wrong-credentials' };
      return { ok: false, rejection: account === undefined ? 'unknown-account' : 'wrong-password' };
    }
    const upgraded = await upgradeHash(services, { account, password }, derivedContext(context, 'upgrade-hash'));
    const { value, position } = await openSession(services, account, derivedContext(context, 'open-session'));
    return { ok: true, value, position: latestPosition(upgraded, position) };
  };

const upgradeHash = async (
  { handler, passwords, clock }: CommandServices,
  { account, password }: { account: RegisteredAccount; password: string },
  context: CommandContext,
) => {
  const { accountId, passwordHash: replaces } = account;
  if (replaces === null || !passwords.isOutdated(replaces)) return 0n;
  const data = { accountId, passwordHash: await passwords.hash(password), replaces, at: clock.now().toISOString() };
  const upgraded = await handler.handle(accountAggregate, accountId, { type: 'UpgradePasswordHash', data }, context);
  return upgraded.ok ? upgraded.position : 0n;
};
