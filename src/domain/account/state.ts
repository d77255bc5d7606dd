import { unknownEvent } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import { afterChange, afterSignInChange, afterUndo, afterVerification, firstAddresses, type Addresses } from './addresses.js';
import type { AccountEvent, AccountType, FullName, Phone, Role } from './events.js';
import { partsOfName } from './full-name.js';
import type { Identifiers } from './identifiers.js';

interface CancelledHolds {
  /** Holds that expired before this account took them, and whose identifier another account may have. */
  readonly cancelledHolds: PersistentMap<true>;
}

export interface RegisteredAccount extends Identifiers, Addresses, CancelledHolds {
  readonly status: 'registered';
  readonly accountId: string;
  readonly name: string;
  readonly fullName: FullName;
  readonly previousEmail: string | null;
  readonly previousUsername: string | null;
  readonly previousPhone: Phone | null;
  readonly role: Role | null;
  /** Counts the changes of the role. */
  readonly roleVersion: number;
  /** As it signed up; absent: no kind was said. */
  readonly accountType?: AccountType;
  /** The kind of student that an admin made of it. */
  readonly studentType?: AccountType;
  readonly passwordHash: string | null;
  readonly provider: 'local' | 'google';
  /** Set where the account is in use before its address is verified. */
  readonly surface?: 'edupro' | 'academy';
  readonly imageUrl: string | null;
  readonly avatarFile: string | null;
  readonly replacedFile: string | null;
  readonly twoFactor: boolean;
  /** Counts the changes that end sessions, such as of the password; a session of an earlier version is over. */
  readonly credentialsVersion: number;
  /** The one session that the last such change left open: the one in which it was made. */
  readonly keptSessionId: string | null;
  readonly registeredAt: string;
}

/** A deleted account keeps its identifiers until they are released. */
export interface DeletedAccount extends Identifiers, CancelledHolds {
  readonly status: 'deleted';
  readonly accountId: string;
  readonly avatarFile: string | null;
}

export type Account = (Readonly<{ status: 'unregistered' }> & CancelledHolds) | RegisteredAccount | DeletedAccount;

export const initialState = (): Account => ({ status: 'unregistered', cancelledHolds: emptyMap() });

const registered = (
  data: Extract<AccountEvent, { type: 'AccountRegistered' }>['data'],
  { cancelledHolds }: CancelledHolds,
): RegisteredAccount => ({
  ...data,
  status: 'registered',
  roleVersion: 0,
  fullName: data.fullName ?? partsOfName(data.name),
  username: data.username ?? null,
  phone: data.phone ?? null,
  nim: data.nim ?? null,
  avatarFile: data.avatarFile ?? null,
  ...firstAddresses(data.email),
  previousEmail: null,
  previousUsername: null,
  previousPhone: null,
  replacedFile: null,
  identity: null,
  twoFactor: false,
  credentialsVersion: 0,
  keptSessionId: null,
  cancelledHolds,
});

/** The account as after a change that ends its sessions, but for this one. */
const afterNewCredentials = ({ credentialsVersion }: RegisteredAccount, keptSessionId: string | null = null) => ({
  credentialsVersion: credentialsVersion + 1,
  keptSessionId,
});

/** Whether a session of the account, opened at that version of its credentials, has outlived every change since. */
export const outlives = (
  account: Pick<RegisteredAccount, 'credentialsVersion' | 'keptSessionId'>,
  session: { readonly sessionId: string; readonly credentialsVersion: number },
): boolean => session.credentialsVersion === account.credentialsVersion || session.sessionId === account.keptSessionId;

export const evolve = (account: Account, event: AccountEvent): Account => {
  if (event.type === 'IdentifierHoldCancelled') {
    return { ...account, cancelledHolds: account.cancelledHolds.set(event.data.holdId, true) };
  }
  if (account.status === 'unregistered') return event.type === 'AccountRegistered' ? registered(event.data, account) : account;
  return account.status === 'deleted' ? account : changed(account, event);
};

type Change = Exclude<AccountEvent, { type: 'IdentifierHoldCancelled' }>;

const changed = (account: RegisteredAccount, { type, data }: Change): Account => {
  switch (type) {
    case 'AccountRegistered':
      return account;
    case 'AccountRoleSelected':
      return {
        ...account,
        role: data.role,
        roleVersion: account.roleVersion + 1,
        ...(data.studentType !== undefined && { studentType: data.studentType }),
        ...(data.endsSessions === true && afterNewCredentials(account)),
      };
    case 'AccountEmailVerified':
      return { ...account, ...afterVerification(account, { ...data, at: data.verifiedAt }) };
    case 'AccountEmailChanged':
      return { ...account, ...afterChange(account, { ...data, at: data.changedAt }), previousEmail: account.email };
    case 'AccountUsernameChanged':
      return { ...account, username: data.username, previousUsername: account.username };
    case 'AccountPhoneChanged':
      return { ...account, phone: data.phone, previousPhone: account.phone };
    case 'AccountProfileChanged': {
      const { name = account.name, imageUrl = account.imageUrl } = data;
      const fullName = data.fullName ?? (name === account.name ? account.fullName : partsOfName(name));
      return { ...account, name, imageUrl, fullName };
    }
    case 'AccountAvatarChanged':
      return { ...account, avatarFile: data.avatarFile, replacedFile: data.replacedFile, imageUrl: data.imageUrl };
    case 'AccountAvatarRemoved':
      return { ...account, avatarFile: null, imageUrl: null };
    case 'AccountTwoFactorEnabled':
      return { ...account, twoFactor: true, ...(data.sessionId === undefined ? {} : afterNewCredentials(account, data.sessionId)) };
    case 'AccountTwoFactorDisabled':
      return { ...account, ...afterSignInChange(account, { ...data, at: data.disabledAt, disabledTwoFactor: true }), twoFactor: false };
    case 'ExternalIdentityLinked':
      return { ...account, ...afterSignInChange(account, { ...data, at: data.linkedAt }), identity: data.identity };
    case 'AccountPasswordChanged': {
      const { passwordHash, reason, changeId, sessionId, changedAt: at } = data;
      const credentials = reason === 'hash-upgraded' ? {} : afterNewCredentials(account, sessionId);
      return { ...account, ...afterSignInChange(account, { changeId, at }), passwordHash, ...credentials };
    }
    case 'AccountChangeUndone': {
      const { email: previousEmail, twoFactor } = account;
      const voided = { passwordHash: null, identity: null, ...afterNewCredentials(account) };
      return { ...account, ...afterUndo(account, data), previousEmail, ...voided, twoFactor: data.twoFactor ?? twoFactor };
    }
    case 'AccountDeleted': {
      const { accountId, email, username, phone, identity, nim, avatarFile, cancelledHolds } = account;
      return { status: 'deleted', accountId, email, username, phone, identity, nim, avatarFile, cancelledHolds };
    }
    default:
      return unknownEvent(type, account);
  }
};
