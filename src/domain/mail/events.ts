import { Type, type Static } from 'typebox';
import { defineEvent, Id, Nullable, Personal, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const MailTemplate = Type.Enum([
  'verification-code',
  'password-reset',
  'login-code',
  'two-factor-code',
  'payment-receipt',
  'enrollment-confirmation',
  'address-changed',
  'password-changed',
  'two-factor-disabled',
  'identity-linked',
  'wrong-passwords',
  'organization-invitation',
  'package-payment-confirmation',
  'package-enrollment-confirmation',
  'audit-checkpoint',
]);
export type MailTemplate = Static<typeof MailTemplate>;

const Letter = Type.Object({ address: Type.String(), values: Type.Record(Type.String(), Type.String()) });

const mailId = Id;

export const mailEvents = [
  defineEvent('MailRequested', 'A mail is to be sent, once. The address is looked up when it is sent, unless a letter has it.', {
    mailId,
    /** Nobody's where the address of a letter is no account's. */
    accountId: Id,
    template: MailTemplate,
    /** Ids that the template needs beside the account, never a code or an address. */
    references: Type.Record(Type.String(), Type.String()),
    sourceEventId: Id,
    /** Of a mail that another service asked for: the address and the values of the template's variables. */
    letter: Type.Optional(Personal(Letter)),
    requestedAt: Timestamp,
  }),
  defineEvent('MailAttempted', 'The mail is being handed over. Intent: the outcome is an event of its own.', {
    mailId,
    attempt: Type.Integer({ minimum: 1 }),
    attemptedAt: Timestamp,
  }),
  defineEvent('MailSent', 'The mail was accepted by the server.', { mailId, attempt: Type.Integer(), sentAt: Timestamp }),
  defineEvent('MailAttemptFailed', 'The mail was not accepted; it is attempted again at retryAt, or never when that is null.', {
    mailId,
    attempt: Type.Integer(),
    reason: Type.String(),
    retryAt: Nullable(Timestamp),
    failedAt: Timestamp,
  }),
  defineEvent('MailOutcomeUnknown', 'The mail was handed over and the answer was lost: it may have arrived. An operator decides about it.', {
    mailId,
    attempt: Type.Integer(),
    reason: Type.String(),
    unknownAt: Timestamp,
  }),
  defineEvent('MailPostponed', 'The account has had its mails of the hour: this one waits until then.', {
    mailId,
    until: Timestamp,
    postponedAt: Timestamp,
  }),
  defineEvent('MailAbandoned', 'A dead letter: it is not attempted again until an operator asks for it.', {
    mailId,
    reason: Type.String(),
    abandonedAt: Timestamp,
  }),
  defineEvent('MailWithdrawn', 'The mail is no longer needed (its code was replaced or has expired); nothing is wrong.', {
    mailId,
    reason: Type.String(),
    withdrawnAt: Timestamp,
  }),
  defineEvent('MailResendRequested', 'An operator has a mail sent again that was given up or may have arrived. Its attempts are counted from zero.', {
    mailId,
    requestedBy: Type.String(),
    requestedAt: Timestamp,
  }),
  defineEvent('MailSettled', 'An operator found that the server had accepted the mail.', {
    mailId,
    settledBy: Type.String(),
    settledAt: Timestamp,
  }),
] as const;

export type MailEvent = EventOf<(typeof mailEvents)[number]>;
