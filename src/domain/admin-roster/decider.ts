import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { AdminRosterEvent } from './events.js';

/** The one stream. */
export const ADMIN_ROSTER = 'all';

interface Entry {
  readonly status: 'entered' | 'stood-down';
  /** Of the account's role: the one in which the account is an admin, or stands down. Later news of earlier ones changes nothing. */
  readonly version: number;
}

export interface AdminRoster {
  readonly admins: PersistentMap<Entry>;
  /** Of those that are entered. */
  readonly count: number;
}

type OfAdmin = Readonly<{ accountId: string; version: number; at: string }>;

export type AdminRosterCommand =
  /** The account has the role. One that has stood down in this version stays so: its role may not have changed yet. */
  | Message<'EnterAdmin', OfAdmin>
  /** An admin of this version is to lose the role. Refused for the last one. */
  | Message<'StandDown', OfAdmin>
  /** The account is none by this version: nobody is asked. */
  | Message<'StrikeAdmin', OfAdmin>;

export type AdminRosterRejection = 'last-admin' | 'role-changed';

const decide = ({ type, data: { accountId, version, at } }: AdminRosterCommand, { admins, count }: AdminRoster): Decision<AdminRosterEvent, AdminRosterRejection> => {
  const known = admins.get(accountId);
  const stoodDown: AdminRosterEvent = { type: 'AdminStoodDown', data: { accountId, version, stoodDownAt: at } };
  switch (type) {
    case 'EnterAdmin':
      if (known !== undefined && known.version >= version) return accept();
      return accept(
        known?.status === 'stood-down'
          ? { type: 'AdminReturned', data: { accountId, version, returnedAt: at } }
          : { type: 'AdminEntered', data: { accountId, version, enteredAt: at } },
      );
    case 'StandDown':
      if (known !== undefined && known.version > version) return reject('role-changed');
      if (known?.status === 'stood-down' && known.version === version) return accept();
      return count - (known?.status === 'entered' ? 1 : 0) > 0 ? accept(stoodDown) : reject('last-admin');
    case 'StrikeAdmin':
      return known?.status === 'entered' && known.version <= version ? accept(stoodDown) : accept();
  }
};

const statusAfter = (type: AdminRosterEvent['type']): Entry['status'] | undefined => {
  switch (type) {
    case 'AdminEntered':
    case 'AdminReturned':
      return 'entered';
    case 'AdminStoodDown':
      return 'stood-down';
    default:
      return unknownEvent(type, undefined);
  }
};

const evolve = (roster: AdminRoster, { type, data: { accountId, version = 0 } }: AdminRosterEvent): AdminRoster => {
  const status = statusAfter(type);
  if (status === undefined) return roster;
  const counted = (each: Entry['status'] | undefined): number => (each === 'entered' ? 1 : 0);
  return {
    admins: roster.admins.set(accountId, { status, version }),
    count: roster.count + counted(status) - counted(roster.admins.get(accountId)?.status),
  };
};

/** Who the admins are, in one stream: two that make each other something else at the same moment leave one. */
export const adminRosterDecider: Decider<AdminRoster, AdminRosterCommand, AdminRosterEvent, AdminRosterRejection> = {
  initialState: () => ({ admins: emptyMap(), count: 0 }),
  decide,
  evolve,
};
