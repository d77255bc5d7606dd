import { Type, type Static } from 'typebox';
import { defineEvent, Id, Nullable, Personal, Secret, Timestamp, type EventOf } from '../kernel/event-schema.js';

/**
 * The canonical roles; each surface translates its own names into these. An auditor reads history and figures and changes nothing;
 * only an admin gives this role. A guest may log in and see what any account may.
 */
export const Role = Type.Enum(['admin', 'auditor', 'instructor', 'student', 'seller', 'service-provider', 'guest']);
export type Role = Static<typeof Role>;

/** Where a surface tells members of the organization (DIKE) from the public (UMUM). */
export const AccountType = Type.Enum(['UMUM', 'DIKE']);
export type AccountType = Static<typeof AccountType>;

export const FullName = Type.Object({
  firstName: Type.String(),
  middleName: Type.Optional(Type.String()),
  lastName: Type.String(),
});
export type FullName = Readonly<Static<typeof FullName>>;

export const Phone = Type.Object({ countryCode: Type.String(), number: Type.String() });
export type Phone = Readonly<Static<typeof Phone>>;

export const ExternalIdentity = Type.Object({
  provider: Type.Enum(['google']),
  /** The provider's name for the person (`sub`), which stays when the address changes. */
  subject: Type.String(),
});
export type ExternalIdentity = Readonly<Static<typeof ExternalIdentity>>;

const accountId = Id;
/** Set where the address before is told, and can undo the change for 7 days. */
const changeId = Type.Optional(Id);

export const accountEvents = [
  defineEvent('AccountRegistered', 'A person has an account. The role is null until one is chosen (OAuth sign-up).', {
    accountId,
    name: Personal(Type.String()),
    email: Personal(Type.String()),
    role: Nullable(Role),
    passwordHash: Secret(Nullable(Type.String())),
    provider: Type.Enum(['local', 'google']),
    imageUrl: Personal(Nullable(Type.String())),
    /** Set where the name was given in parts. */
    fullName: Type.Optional(Personal(FullName)),
    username: Type.Optional(Personal(Type.String())),
    phone: Type.Optional(Personal(Phone)),
    avatarFile: Type.Optional(Personal(Type.String())),
    accountType: Type.Optional(AccountType),
    /** The student number of a member. */
    nim: Type.Optional(Personal(Type.String())),
    parentPhone: Type.Optional(Personal(Type.String())),
    /** Set where accounts are in use before their address is verified. */
    surface: Type.Optional(Type.Enum(['edupro', 'academy'])),
    /** The teacher under whom a student signed up: the student belongs to the teacher from the start. */
    teacherId: Type.Optional(Id),
    /** Of a public page; made of the name. */
    slug: Type.Optional(Personal(Type.String())),
    registeredAt: Timestamp,
  }),
  defineEvent('AccountRoleSelected', 'The role of an account was chosen or changed.', {
    accountId,
    role: Role,
    /** The kind of student that an admin made of the account; absent: the kind that it signed up as. */
    studentType: Type.Optional(AccountType),
    /** True: the role asks for a second factor, which no open session has shown. */
    endsSessions: Type.Optional(Type.Literal(true)),
    selectedAt: Timestamp,
  }),
  defineEvent('AccountEmailVerified', 'The person proved to read the mails of this address.', {
    accountId,
    email: Personal(Type.String()),
    changeId,
    verifiedAt: Timestamp,
  }),
  defineEvent('AccountEmailChanged', 'The account has another address, not verified yet.', {
    accountId,
    email: Personal(Type.String()),
    previousEmail: Personal(Type.String()),
    /** Where it was not the password, the account logs in with the address before until this one is verified. */
    proof: Type.Optional(Type.Enum(['password', 'session'])),
    changeId,
    changedAt: Timestamp,
  }),
  defineEvent('AccountProfileChanged', 'Name or picture changed; a field that is absent did not.', {
    accountId,
    name: Type.Optional(Personal(Type.String())),
    fullName: Type.Optional(Personal(FullName)),
    imageUrl: Type.Optional(Personal(Nullable(Type.String()))),
    changedAt: Timestamp,
  }),
  defineEvent('AccountPasswordChanged', 'The account has another password; its sessions end, unless only the hash was upgraded.', {
    accountId,
    passwordHash: Secret(Type.String()),
    reason: Type.Enum(['changed', 'reset', 'hash-upgraded']),
    changeId,
    /** The session in which it was changed, where that one goes on: all others end. */
    sessionId: Type.Optional(Id),
    changedAt: Timestamp,
  }),
  defineEvent('AccountUsernameChanged', 'The account has another username.', {
    accountId,
    username: Personal(Type.String()),
    previousUsername: Personal(Nullable(Type.String())),
    changedAt: Timestamp,
  }),
  defineEvent('AccountPhoneChanged', 'The account has another phone number.', {
    accountId,
    phone: Personal(Phone),
    previousPhone: Personal(Nullable(Phone)),
    changedAt: Timestamp,
  }),
  defineEvent('AccountAvatarChanged', 'The account has another picture in the file store; the one before is removed from there.', {
    accountId,
    avatarFile: Personal(Type.String()),
    replacedFile: Personal(Nullable(Type.String())),
    imageUrl: Personal(Type.String()),
    changedAt: Timestamp,
  }),
  defineEvent('AccountAvatarRemoved', 'The picture is gone, from the file store too: nobody activated the account in time.', {
    accountId,
    removedFile: Personal(Type.String()),
    removedAt: Timestamp,
  }),
  defineEvent('AccountTwoFactorEnabled', 'From now on a login needs a code from a mail as well as the password.', {
    accountId,
    /** The session in which it was turned on: all others end. Absent where none does: at sign-up, and in old events. */
    sessionId: Type.Optional(Id),
    enabledAt: Timestamp,
  }),
  defineEvent('AccountTwoFactorDisabled', 'The password alone is enough again.', { accountId, changeId, disabledAt: Timestamp }),
  defineEvent('ExternalIdentityLinked', 'From now on this person at the provider logs in to the account. Provider and account had both verified the address.', {
    accountId,
    identity: Personal(ExternalIdentity),
    changeId,
    linkedAt: Timestamp,
  }),
  defineEvent('AccountChangeUndone', 'Who reads the mails of the address before took the account back: sessions, codes, the password and a linked identity are void.', {
    accountId,
    changeId: Id,
    email: Personal(Type.String()),
    /** True where two-factor was turned off by what is undone: it is on again. */
    twoFactor: Type.Optional(Type.Boolean()),
    undoneAt: Timestamp,
  }),
  defineEvent('AccountDeleted', 'The account is gone: nobody can log in with it, and every read model forgets its person.', {
    accountId,
    avatarFile: Personal(Nullable(Type.String())),
    deletedAt: Timestamp,
  }),
  defineEvent('IdentifierHoldCancelled', 'A hold on an email, username, phone number, identity or student number ended before the account took it: the account can no longer take it by that hold.', {
    accountId,
    kind: Type.Enum(['email', 'username', 'phone', 'identity', 'nim']),
    holdId: Id,
    cancelledAt: Timestamp,
  }),
] as const;

export type AccountEvent = EventOf<(typeof accountEvents)[number]>;
