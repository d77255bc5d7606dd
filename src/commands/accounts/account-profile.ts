import type { RegisteredAccount } from '../../domain/account/decider.js';

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
