import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { CommandContext } from '../context.js';
import { loadAccount } from './identifiers/find-account.js';
import type { CommandServices } from '../services.js';
import { tryPassword, type TryPasswordRejection } from './try-password.js';

export type CheckPasswordRejection = 'account-not-found' | 'wrong-password' | 'password-not-set' | TryPasswordRejection;

/** Checks that the person who asks, in a session of the account, also knows its password. */
export const checkPassword = async (
  services: CommandServices,
  { accountId, password }: { accountId: string; password: string },
  context: CommandContext,
): Promise<Refusal<CheckPasswordRejection> | undefined> => {
  const found = await loadAccount(services, accountId);
  if (found === undefined) return reject('account-not-found');
  const { account } = found;
  if (account.passwordHash === null) return reject('password-not-set');
  const tried = await tryPassword(services, { address: account.loginEmail, account, password }, context);
  if (!tried.ok) return tried;
  return tried.isRight ? undefined : reject('wrong-password');
};
