import { loadAccount } from './identifiers/find-account.js';
import type { CommandServices } from '../services.js';

/** password-not-set: the first password of an account that signs in with another provider comes by mail (reset). */
export type CheckPasswordRejection = 'account-not-found' | 'wrong-password' | 'password-not-set';

/** That who asks, in a session of the account, also knows its password. */
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
