import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { AdminRosterEvent } from './events.js';

/** The one stream. */
export const ADMIN_ROSTER = 'all';

export interface AdminRoster {
  readonly admins: PersistentMap<'entered' | 'stood-down'>;
  /** Of those that are entered. */
  readonly count: number;
}

type OfAdmin = Readonly<{ accountId: string; at: string }>;

export type AdminRosterCommand =
  /** The account has the role. One that has stood down stays so: its role may not have changed yet. */
  | Message<'EnterAdmin', OfAdmin>
  /** Refused for the last one. */
  | Message<'StandDown', OfAdmin>
  /** The account was given the role. */
  | Message<'ReturnAdmin', OfAdmin>
  /** The account has lost the role already: nobody is asked. */
  | Message<'StrikeAdmin', OfAdmin>;

export type AdminRosterRejection = 'last-admin';

const decide = ({ type, data: { accountId, at } }: AdminRosterCommand, { admins, count }: AdminRoster): Decision<AdminRosterEvent, AdminRosterRejection> => {
  const known = admins.get(accountId);
  const stoodDown: AdminRosterEvent = { type: 'AdminStoodDown', data: { accountId, stoodDownAt: at } };
  switch (type) {
    case 'EnterAdmin':
      return known === undefined ? accept({ type: 'AdminEntered', data: { accountId, enteredAt: at } }) : accept();
    case 'StandDown':
      if (known === 'stood-down') return accept();
      return count - (known === 'entered' ? 1 : 0) > 0 ? accept(stoodDown) : reject('last-admin');
    case 'ReturnAdmin':
      if (known === 'stood-down') return accept({ type: 'AdminReturned', data: { accountId, returnedAt: at } });
      return known === undefined ? accept({ type: 'AdminEntered', data: { accountId, enteredAt: at } }) : accept();
    case 'StrikeAdmin':
      return known === 'entered' ? accept(stoodDown) : accept();
  }
};

const evolve = (roster: AdminRoster, { type, data }: AdminRosterEvent): AdminRoster => {
  const known = roster.admins.get(data.accountId);
  switch (type) {
    case 'AdminEntered':
    case 'AdminReturned':
      return { admins: roster.admins.set(data.accountId, 'entered'), count: roster.count + (known === 'entered' ? 0 : 1) };
    case 'AdminStoodDown':
      return { admins: roster.admins.set(data.accountId, 'stood-down'), count: roster.count - (known === 'entered' ? 1 : 0) };
    default:
      return unknownEvent(type, roster);
  }
};

/** Who the admins are, in one stream: two that make each other something else at the same moment leave one. */
export const adminRosterDecider: Decider<AdminRoster, AdminRosterCommand, AdminRosterEvent, AdminRosterRejection> = {
  initialState: () => ({ admins: emptyMap(), count: 0 }),
  decide,
  evolve,
};
