import type { Message } from '../decider.js';
import type { AccountEvent, Role } from './events.js';

type Data<Type extends AccountEvent['type']> = Extract<AccountEvent, { type: Type }>['data'];

interface Addressed {
  readonly accountId: string;
  readonly at: string;
}

export type AccountCommand =
  | Message<'RegisterAccount', Omit<Data<'AccountRegistered'>, 'registeredAt'> & { holdId: string; at: string }>
  | Message<'ForgoAccountEmail', Addressed & { email: string; holdId: string }>
  | Message<'SelectAccountRole', Addressed & { role: Role }>
  | Message<'VerifyAccountEmail', Addressed & { email: string }>
  | Message<'ChangeAccountEmail', Addressed & { email: string; holdId: string }>
  | Message<'ChangeAccountProfile', Addressed & { name?: string; imageUrl?: string | null }>
  | Message<'ChangeAccountPassword', Addressed & { passwordHash: string; replaces: string | null }>
  | Message<'ResetAccountPassword', Addressed & { passwordHash: string }>
  | Message<'UpgradePasswordHash', Addressed & { passwordHash: string; replaces: string }>;

export type AccountRejection =
  | 'account-not-found'
  | 'account-exists'
  | 'email-forgone'
  | 'email-in-use'
  | 'email-changed'
  | 'role-not-allowed'
  | 'role-already-chosen'
  | 'password-not-current';
