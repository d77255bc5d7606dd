import type { Message } from '../kernel/decider.js';
import type { AccountEvent, AccountType, ExternalIdentity, FullName, Phone, Role } from './events.js';
import type { IdentifierKind } from './identifiers.js';

type Data<Type extends AccountEvent['type']> = Extract<AccountEvent, { type: Type }>['data'];

interface Addressed {
  readonly accountId: string;
  readonly at: string;
}

/** A new identifier and the hold by which the account takes it. No hold is needed where only the spelling changes. */
interface Taken<Value> {
  readonly value: Value;
  readonly holdId: string | null;
}

export interface IdentifierChanges {
  readonly email?: Taken<string>;
  readonly username?: Taken<string>;
  readonly phone?: Taken<Phone>;
}

/** changeId: the address before is told of the change under this name, and can undo it. */
interface Undoable {
  readonly changeId?: string;
}

/** The version of the role for which the roster of admins was asked: another one is refused. */
interface AsLoaded {
  readonly roleVersion: number;
}

/** As it was opened: one that has ended by a change of credentials can make no other. */
export interface SessionAsked {
  readonly sessionId: string;
  readonly credentialsVersion: number;
}

interface Registration extends Omit<Data<'AccountRegistered'>, 'registeredAt'> {
  readonly holdId: string;
  readonly otherHolds?: { readonly username?: string; readonly phone?: string; readonly identity?: string; readonly nim?: string };
  /** The person at a provider who signed up by it. The provider has verified the address. */
  readonly identity?: ExternalIdentity;
  readonly twoFactor?: boolean;
}

export type AccountCommand =
  | Message<'RegisterAccount', Registration & { at: string }>
  /** value: normalised, as identifiers of the kind are compared. */
  | Message<'CancelIdentifierHold', Addressed & { kind: IdentifierKind; value: string; holdId: string }>
  | Message<'SelectAccountRole', Addressed & { role: Role; adminAllowed?: boolean }>
  /** By an admin, whatever role it has. studentType: absent stays. isAgain: also where it has the role. asksForSecondFactor: the open sessions end. */
  | Message<'ChangeAccountRole', Addressed & AsLoaded & { role: Role; studentType?: AccountType; isAgain?: boolean; asksForSecondFactor?: boolean }>
  | Message<'VerifyAccountEmail', Addressed & Undoable & { email: string }>
  | Message<'ChangeAccountIdentifiers', Addressed & Undoable & IdentifierChanges & { proof?: 'password' | 'session' }>
  | Message<'ChangeAccountProfile', Addressed & { name?: string; fullName?: FullName; imageUrl?: string | null }>
  | Message<'ChangeAccountAvatar', Addressed & { avatarFile: string; imageUrl: string }>
  /** Does nothing once the account was activated or has another picture. */
  | Message<'RemoveUnactivatedAvatar', Addressed & { avatarFile: string }>
  /** session: where the person turned it on; it goes on, and all others end. */
  | Message<'EnableTwoFactor', Addressed & { session?: SessionAsked }>
  | Message<'DisableTwoFactor', Addressed & Undoable>
  /** email: verified by the provider. */
  | Message<'LinkExternalIdentity', Addressed & Undoable & { identity: ExternalIdentity; holdId: string; email: string }>
  /** session: where the person changed it; it goes on, and all others end. Absent: all end. */
  | Message<'ChangeAccountPassword', Addressed & Undoable & { passwordHash: string; replaces: string | null; session?: SessionAsked }>
  | Message<'ResetAccountPassword', Addressed & Undoable & { passwordHash: string }>
  | Message<'UpgradePasswordHash', Addressed & { passwordHash: string; replaces: string }>
  | Message<'UndoAccountChange', Addressed & { changeId: string }>
  | Message<'DeleteAccount', Addressed & Partial<AsLoaded>>;

export type AccountRejection =
  | 'account-not-found'
  | 'account-exists'
  | 'identifier-hold-cancelled'
  | 'identifier-in-use'
  | 'email-changed'
  | 'role-not-allowed'
  | 'role-already-chosen'
  | 'role-changed'
  | 'password-not-current'
  | 'undo-not-possible'
  | 'session-superseded'
  | 'identity-email-not-verified'
  | 'identity-already-linked';
