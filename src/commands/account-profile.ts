import type { RegisteredAccount } from '../domain/account/decider.js';

/** What may leave the core of an account: everything but the hash. */
export type AccountProfile = Readonly<
  Pick<RegisteredAccount, 'accountId' | 'name' | 'email' | 'emailVerified' | 'role' | 'imageUrl' | 'provider' | 'registeredAt'>
>;

export const profileOf = (account: RegisteredAccount): AccountProfile => {
  const { accountId, name, email, emailVerified, role, imageUrl, provider, registeredAt } = account;
  return { accountId, name, email, emailVerified, role, imageUrl, provider, registeredAt };
};
