import { Type, type Static } from 'typebox';
import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

/** Purposes for which anybody who names an address may request a code. */
export const RequestableOtpPurpose = Type.Enum(['password_reset', 'email_verification', 'login_verification']);
export type RequestableOtpPurpose = Static<typeof RequestableOtpPurpose>;

/**
 * second_factor: only a login with the right password, or by a provider, makes such a code. two_factor_change: only a session of
 * the account does. password_reset_link: its mail has a link in place of the digits, which no route takes.
 */
export const OtpPurpose = Type.Enum([
  'password_reset',
  'email_verification',
  'login_verification',
  'second_factor',
  'two_factor_change',
  'password_reset_link',
]);
export type OtpPurpose = Static<typeof OtpPurpose>;

/** Surfaces whose mails have words of their own. */
export const MailSurface = Type.Enum(['edupro', 'academy']);
export type MailSurface = Static<typeof MailSurface>;

const common = { otpId: Id, accountId: Id, purpose: OtpPurpose };

export const otpEvents = [
  defineEvent('OtpIssued', 'A one-time code was made. The code itself is derived from otpId and a secret, and kept nowhere.', {
    ...common,
    /** SHA-256 of the address that the code is sent to (the id of the email's stream): it is good for that address only. */
    emailId: Id,
    /** Of the account when the code was made: the code ends when the account gets another password. Absent in old events. */
    credentialsVersion: Type.Optional(Type.Integer({ minimum: 0 })),
    /** The surface that it was asked for through, where the mail has its words. */
    surface: Type.Optional(MailSurface),
    expiresAt: Timestamp,
    issuedAt: Timestamp,
  }),
  defineEvent('OtpRefused', 'A wrong code was given.', {
    ...common,
    /** Of this caller for this code. */
    tries: Type.Integer({ minimum: 1 }),
    /** A keyed hash of the network that the guess came from. Absent in old events: these count for all. */
    caller: Type.Optional(Type.String()),
    refusedAt: Timestamp,
  }),
  defineEvent('OtpConfirmed', 'The right code was given, and stays good for the step that uses it.', {
    ...common,
    confirmedAt: Timestamp,
  }),
  defineEvent('OtpUsed', 'The right code was used up.', { ...common, usedAt: Timestamp }),
] as const;

export type OtpEvent = EventOf<(typeof otpEvents)[number]>;
