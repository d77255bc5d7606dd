import { loadAccount } from './identifiers/find-account.js';
import type { CommandServices } from '../services.js';

export type CheckPasswordRejection = 'account-not-found' | 'wrong-password' | 'password-not-set';

/** Checks that the person who asks, in a session of the account, also knows its password. */
export const checkPassword = async (
  { handler, passwords }: Pick<CommandServices, 'handler' | 'passwords'>,
  { accountId, password }: { accountId: string; password: string },
): Promise<CheckPasswordRejection | undefined> => {
  const found = await loadAccount({ handler }, accountId);
  if (found === undefined) return 'account-not-found';
  const { passwordHash } = found.account;
  if (passwordHash === null) return 'password-not-set';
  return (await passwords.verify(password, passwordHash)) ? undefined : 'wrong-password';
};
