import { accept, reject, unknownEvent, type Decider, type Decision } from '../decider.js';
import { PersistentMap } from '../persistent-map.js';
import type { AccountCommand, AccountRejection } from './commands.js';
import { normaliseEmail } from './email.js';
import type { AccountEvent, Role } from './events.js';

export type { AccountCommand, AccountRejection } from './commands.js';

interface Forgone {
  /** Holds that this account let run out and that another account was given. */
  readonly forgone: PersistentMap<true>;
}

export interface RegisteredAccount extends Forgone {
  readonly status: 'registered';
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly previousEmail: string | null;
  readonly role: Role | null;
  readonly passwordHash: string | null;
  readonly provider: 'local' | 'google';
  readonly imageUrl: string | null;
  /** Counts the changes of the password; a session of an earlier one is over. */
  readonly credentialsVersion: number;
  readonly registeredAt: string;
}

export type Account = (Readonly<{ status: 'unregistered' }> & Forgone) | RegisteredAccount;

type AccountDecision = Decision<AccountEvent, AccountRejection>;

const sameEmail = (one: string, other: string): boolean => normaliseEmail(one) === normaliseEmail(other);

export const decide = (command: AccountCommand, account: Account): AccountDecision => {
  if (command.type === 'ForgoAccountEmail') return forgo(command.data, account);
  if (account.status === 'unregistered') {
    return command.type === 'RegisterAccount' ? register(command.data, account) : reject('account-not-found');
  }
  const { accountId, at } = command.data;
  switch (command.type) {
    case 'RegisterAccount':
      return reject('account-exists');
    case 'SelectAccountRole':
      return selectRole(command.data, account);
    case 'VerifyAccountEmail':
      if (!sameEmail(command.data.email, account.email)) return reject('email-changed');
      if (account.emailVerified) return accept();
      return accept({ type: 'AccountEmailVerified', data: { accountId, email: account.email, verifiedAt: at } });
    case 'ChangeAccountEmail': {
      const { email, holdId } = command.data;
      if (account.forgone.has(holdId)) return reject('email-forgone');
      if (sameEmail(email, account.email)) return accept();
      return accept({ type: 'AccountEmailChanged', data: { accountId, email, previousEmail: account.email, changedAt: at } });
    }
    case 'ChangeAccountProfile':
      return changeProfile(command.data, account);
    case 'ChangeAccountPassword':
      if (command.data.replaces !== account.passwordHash) return reject('password-not-current');
      return passwordChanged(command.data, 'changed');
    case 'ResetAccountPassword':
      return passwordChanged(command.data, 'reset');
    case 'UpgradePasswordHash':
      if (command.data.replaces !== account.passwordHash) return accept();
      return passwordChanged(command.data, 'hash-upgraded');
  }
};

type Data<Type extends AccountCommand['type']> = Extract<AccountCommand, { type: Type }>['data'];

const register = ({ holdId, at, ...data }: Data<'RegisterAccount'>, { forgone }: Forgone): AccountDecision =>
  forgone.has(holdId)
    ? reject('email-forgone')
    : accept({ type: 'AccountRegistered', data: { ...data, registeredAt: at } });

const forgo = ({ accountId, email, holdId, at }: Data<'ForgoAccountEmail'>, account: Account): AccountDecision => {
  if (account.status === 'registered' && sameEmail(email, account.email)) return reject('email-in-use');
  if (account.forgone.has(holdId)) return accept();
  return accept({ type: 'AccountEmailForgone', data: { accountId, holdId, forgoneAt: at } });
};

const selectRole = ({ accountId, role, at }: Data<'SelectAccountRole'>, account: RegisteredAccount): AccountDecision => {
  if (account.role === role) return accept();
  if (account.role !== null) return reject('role-already-chosen', { role: account.role });
  if (role === 'admin') return reject('role-not-allowed');
  return accept({ type: 'AccountRoleSelected', data: { accountId, role, selectedAt: at } });
};

const changeProfile = (
  { accountId, name, imageUrl, at }: Data<'ChangeAccountProfile'>,
  account: RegisteredAccount,
): AccountDecision => {
  const changes = {
    ...(name === undefined || name === account.name ? {} : { name }),
    ...(imageUrl === undefined || imageUrl === account.imageUrl ? {} : { imageUrl }),
  };
  if (Object.keys(changes).length === 0) return accept();
  return accept({ type: 'AccountProfileChanged', data: { accountId, ...changes, changedAt: at } });
};

const passwordChanged = (
  { accountId, passwordHash, at }: Data<'ResetAccountPassword'>,
  reason: 'changed' | 'reset' | 'hash-upgraded',
): AccountDecision => accept({ type: 'AccountPasswordChanged', data: { accountId, passwordHash, reason, changedAt: at } });

export const evolve = (account: Account, event: AccountEvent): Account => {
  if (event.type === 'AccountEmailForgone') return { ...account, forgone: account.forgone.with(event.data.holdId, true) };
  if (account.status === 'unregistered') {
    if (event.type !== 'AccountRegistered') return account;
    const registered = { status: 'registered', emailVerified: false, previousEmail: null, credentialsVersion: 0 } as const;
    return { ...event.data, ...registered, forgone: account.forgone };
  }
  switch (event.type) {
    case 'AccountRegistered':
      return account;
    case 'AccountRoleSelected':
      return { ...account, role: event.data.role };
    case 'AccountEmailVerified':
      return { ...account, emailVerified: true };
    case 'AccountEmailChanged':
      return { ...account, email: event.data.email, previousEmail: account.email, emailVerified: false };
    case 'AccountProfileChanged': {
      const { name = account.name, imageUrl = account.imageUrl } = event.data;
      return { ...account, name, imageUrl };
    }
    case 'AccountPasswordChanged': {
      const { passwordHash, reason } = event.data;
      const credentialsVersion = account.credentialsVersion + (reason === 'hash-upgraded' ? 0 : 1);
      return { ...account, passwordHash, credentialsVersion };
    }
    default:
      return unknownEvent(event, account);
  }
};

export const accountDecider: Decider<Account, AccountCommand, AccountEvent, AccountRejection> = {
  initialState: () => ({ status: 'unregistered', forgone: PersistentMap.empty() }),
  decide,
  evolve,
};
