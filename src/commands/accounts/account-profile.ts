import type { RegisteredAccount } from '../../domain/account/decider.js';

/** The fields of an account that surfaces may show: no hash. */
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
