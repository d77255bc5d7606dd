import { accept, reject, type Decision } from '../kernel/decider.js';
import { isSameEmail, noticed } from './addresses.js';
import type { AccountCommand, AccountRejection } from './commands.js';
import type { AccountEvent } from './events.js';
import { identityKey } from './identifiers.js';
import { outlives, type RegisteredAccount } from './state.js';

type AccountDecision = Decision<AccountEvent, AccountRejection>;
type Data<Type extends AccountCommand['type']> = Extract<AccountCommand, { type: Type }>['data'];

export const enableTwoFactor = ({ accountId, session, at }: Data<'EnableTwoFactor'>, account: RegisteredAccount): AccountDecision => {
  if (account.twoFactor) return accept();
  if (session !== undefined && !outlives(account, session)) return reject('session-superseded');
  const kept = session === undefined ? {} : { sessionId: session.sessionId };
  return accept({ type: 'AccountTwoFactorEnabled', data: { accountId, ...kept, enabledAt: at } });
};

export const disableTwoFactor = ({ accountId, changeId, at }: Data<'DisableTwoFactor'>, account: RegisteredAccount): AccountDecision => {
  if (!account.twoFactor) return accept();
  return accept({ type: 'AccountTwoFactorDisabled', data: { accountId, ...noticed(account, changeId), disabledAt: at } });
};

/** Both sides have verified the address: else whoever registered it first, here or there, would get the other's account. */
export const linkExternalIdentity = (
  { accountId, identity, holdId, email, changeId, at }: Data<'LinkExternalIdentity'>,
  account: RegisteredAccount,
): AccountDecision => {
  if (account.identity !== null) {
    return identityKey(account.identity) === identityKey(identity) ? accept() : reject('identity-already-linked');
  }
  if (!account.emailVerified || !isSameEmail(account.email, email)) return reject('identity-email-not-verified');
  if (account.cancelledHolds.has(holdId)) return reject('identifier-hold-cancelled', { kind: 'identity' });
  return accept({ type: 'ExternalIdentityLinked', data: { accountId, identity, ...noticed(account, changeId), linkedAt: at } });
};
