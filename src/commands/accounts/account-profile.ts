import type { RegisteredAccount } from '../../domain/account/decider.js';

/** What may leave the core of an account: everything but the hash. */
export type AccountProfile = Readonly<Pick<RegisteredAccount, Shown>>;

type Shown =
  | 'accountId'
  | 'name'
  | 'fullName'
  | 'email'
  | 'emailVerified'
  | 'username'
  | 'phone'
  | 'role'
  | 'imageUrl'
  | 'avatarFile'
  | 'provider'
  | 'twoFactor'
  | 'registeredAt';

export const profileOf = (account: RegisteredAccount): AccountProfile => {
  const { accountId, name, fullName, email, emailVerified, username, phone } = account;
  const { role, imageUrl, avatarFile, provider, twoFactor, registeredAt } = account;
  return { accountId, name, fullName, email, emailVerified, username, phone, role, imageUrl, avatarFile, provider, twoFactor, registeredAt };
};
