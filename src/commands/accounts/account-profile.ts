import type { RegisteredAccount } from '../../domain/account/decider.js';
import type { AccountType } from '../../domain/account/events.js';

export type AccountProfile = Readonly<
  Pick<RegisteredAccount, Shown> & {
    /** As it signed up; null: no surface asked. */
    accountType: AccountType | null;
    /** The kind of student that it is. */
    studentType: AccountType | null;
  }
>;

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
  const { role, imageUrl, avatarFile, provider, twoFactor, registeredAt, accountType = null, studentType = accountType } = account;
  return { accountId, name, fullName, email, emailVerified, username, phone, role, imageUrl, avatarFile, provider, twoFactor, registeredAt, accountType, studentType };
};
