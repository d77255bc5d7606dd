import { isSameEmail, noticed } from './addresses.js';
import type { AccountEvent } from './events.js';
import type { RegisteredAccount } from './state.js';

interface NewEmail {
  readonly accountId: string;
  readonly email: string;
  readonly proof: 'password' | 'session' | undefined;
  readonly changeId?: string | undefined;
  readonly at: string;
}

/** An account that comes back to its verified address has proved it already, and tells nobody. */
export const emailChanged = ({ accountId, email, proof, changeId, at }: NewEmail, account: RegisteredAccount): readonly AccountEvent[] => {
  const isProved = account.activatedEmail !== null && isSameEmail(email, account.recoveryEmail);
  const notice = isProved ? {} : noticed(account, changeId);
  const moved = { accountId, email, previousEmail: account.email, ...(proof && { proof }), ...notice, changedAt: at };
  const changed: AccountEvent = { type: 'AccountEmailChanged', data: moved };
  return isProved ? [changed, { type: 'AccountEmailVerified', data: { accountId, email, verifiedAt: at } }] : [changed];
};
