import { Type, type Static } from 'typebox';
import { defineEvent, Id, Nullable, Personal, Secret, Timestamp, type EventOf } from '../event-schema.js';

/** The canonical roles; each surface translates its own names into these (design.md section 7). */
export const Role = Type.Enum(['admin', 'instructor', 'student', 'seller', 'service-provider']);
export type Role = Static<typeof Role>;

const accountId = Id;

export const accountEvents = [
  defineEvent('AccountRegistered', 'A person has an account. The role is null until one is chosen (OAuth sign-up).', {
    accountId,
    name: Personal(Type.String()),
    email: Personal(Type.String()),
    role: Nullable(Role),
    passwordHash: Secret(Nullable(Type.String())),
    provider: Type.Enum(['local', 'google']),
    imageUrl: Personal(Nullable(Type.String())),
    registeredAt: Timestamp,
  }),
  defineEvent('AccountRoleSelected', 'The role of an account was chosen or changed.', {
    accountId,
    role: Role,
    selectedAt: Timestamp,
  }),
  defineEvent('AccountEmailVerified', 'The person proved to read the mails of this address.', {
    accountId,
    email: Personal(Type.String()),
    verifiedAt: Timestamp,
  }),
  defineEvent('AccountEmailChanged', 'The account has another address, not verified yet.', {
    accountId,
    email: Personal(Type.String()),
    previousEmail: Personal(Type.String()),
    changedAt: Timestamp,
  }),
  defineEvent('AccountProfileChanged', 'Name or picture changed; a field that is absent did not.', {
    accountId,
    name: Type.Optional(Personal(Type.String())),
    imageUrl: Type.Optional(Personal(Nullable(Type.String()))),
    changedAt: Timestamp,
  }),
  defineEvent('AccountPasswordChanged', 'The account has another password; its sessions end, unless only the hash was upgraded.', {
    accountId,
    passwordHash: Secret(Type.String()),
    reason: Type.Enum(['changed', 'reset', 'hash-upgraded']),
    changedAt: Timestamp,
  }),
  defineEvent('AccountEmailForgone', 'A hold on an address ran out before the account took it: by that hold it never can any more.', {
    accountId,
    holdId: Id,
    forgoneAt: Timestamp,
  }),
] as const;

export type AccountEvent = EventOf<(typeof accountEvents)[number]>;
