import { accept, reject, type Decision } from '../kernel/decider.js';
import { isSameEmail, noticed } from './addresses.js';
import type { AccountCommand, AccountRejection } from './commands.js';
import { emailChanged } from './email-changed.js';
import type { AccountEvent } from './events.js';
import { outlives, type RegisteredAccount } from './state.js';

type AccountDecision = Decision<AccountEvent, AccountRejection>;
type Data<Type extends AccountCommand['type']> = Extract<AccountCommand, { type: Type }>['data'];

/** A new address that was not proved dies with the credentials that it was made under. */
const passwordChanged = (
  { accountId, passwordHash, changeId, sessionId, at }: Data<'ResetAccountPassword'> & { readonly sessionId?: string },
  reason: 'changed' | 'reset' | 'hash-upgraded',
  account: RegisteredAccount,
): AccountDecision => {
  const changed: AccountEvent = {
    type: 'AccountPasswordChanged',
    data: { accountId, passwordHash, reason, ...noticed(account, changeId), ...(sessionId === undefined ? {} : { sessionId }), changedAt: at },
  };
  const { email, loginEmail, recoveryEmail } = account;
  const unproved = reason === 'reset' ? !isSameEmail(email, recoveryEmail) : reason === 'changed' && !isSameEmail(email, loginEmail);
  return unproved ? accept(changed, ...emailChanged({ accountId, email: recoveryEmail, proof: 'password', at }, account)) : accept(changed);
};

export const changePassword = ({ replaces, session, ...data }: Data<'ChangeAccountPassword'>, account: RegisteredAccount): AccountDecision => {
  if (replaces !== account.passwordHash) return reject('password-not-current');
  if (session !== undefined && !outlives(account, session)) return reject('session-superseded');
  return passwordChanged({ ...data, ...(session === undefined ? {} : { sessionId: session.sessionId }) }, 'changed', account);
};

export const resetPassword = (data: Data<'ResetAccountPassword'>, account: RegisteredAccount): AccountDecision =>
  passwordChanged(data, 'reset', account);

export const upgradePasswordHash = (data: Data<'UpgradePasswordHash'>, account: RegisteredAccount): AccountDecision =>
  data.replaces === account.passwordHash ? passwordChanged(data, 'hash-upgraded', account) : accept();
