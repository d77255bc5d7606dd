import type { ActivateAccountRejection } from '../../commands/accounts/activate-account.js';
import type { ChangeContactRejection } from '../../commands/accounts/change-contact.js';
import type { DeleteAccountRejection } from '../../commands/accounts/delete-account.js';
import type { LogInByProviderRejection } from '../../commands/accounts/log-in-by-provider.js';
import type { LogInRejection } from '../../commands/accounts/log-in.js';
import type { RegisterAccountRejection } from '../../commands/accounts/register-account.js';
import type { ConfirmTwoFactorRejection, DisableTwoFactorRejection, RequestTwoFactorRejection } from '../../commands/accounts/two-factor.js';
import type { AccountRejection } from '../../domain/account/decider.js';
import type { AdminRosterRejection } from '../../domain/admin-roster/decider.js';
import type { Answer } from './answer.js';
import type { OtpCode } from './one-time-code.js';

type RefusedByUseCases =
  | ActivateAccountRejection
  | ChangeContactRejection
  | Exclude<DeleteAccountRejection, AdminRosterRejection>
  | LogInRejection
  | LogInByProviderRejection
  | RequestTwoFactorRejection
  | Exclude<ConfirmTwoFactorRejection, 'session-ended'>
  | DisableTwoFactorRejection
  | RegisterAccountRejection;

export const accountRefusals = {
  'account-not-found': ['not-found', 'The account does not exist.'],
  'account-exists': ['conflict', 'The account already exists.'],
  'account-not-permitted': ['forbidden', 'This is for admins only.'],
  'own-account': ['conflict', 'Only another admin can do this to your account.'],
  'unknown-account': ['not-found', 'The account does not exist.'],
  'identifier-hold-cancelled': ['conflict', 'The hold on the identifier has run out. Try again.'],
  'identifier-in-use': ['conflict', 'The identifier is in use.'],
  'email-taken': ['conflict', 'The email address is in use by another account.'],
  'username-taken': ['conflict', 'The username is in use by another account.'],
  'phone-taken': ['conflict', 'The phone number is in use by another account.'],
  'nim-taken': ['conflict', 'The student number is in use by another account.'],
  'identity-taken': ['conflict', 'Somebody is signing in with this Google account at this moment. Try again.'],
  'email-changed': ['conflict', 'The email address of the account has changed.'],
  'email-not-verified': ['forbidden', 'Verify the email address first, with the code from the mail.'],
  'role-not-allowed': ['forbidden', 'This role can only be given by an admin.'],
  'role-already-chosen': ['conflict', 'The role was already chosen.'],
  'admin-sign-up-closed': ['forbidden', 'Only an admin can register an admin.'],
  'password-required': ['invalid', 'A password is required, unless the account signs in with another provider.', 'password'],
  'password-not-current': ['invalid', 'The current password is wrong.'],
  'password-not-set': ['conflict', 'The account has no password yet. Reset it with a code from a mail.'],
  'wrong-credentials': ['unauthenticated', 'Email or password is wrong.'],
  'wrong-password': ['invalid', 'The current password is wrong.', 'currentPassword'],
  'log-in-not-admitted': ['forbidden', 'This account may not log in here.'],
  'password-tries-spent': ['too-many', 'Too many wrong passwords were given. Try again later, or reset the password with a code from a mail.'],
  'undo-not-possible': ['invalid', 'The link is no longer good: it was used, a week has gone by, or a change before it was undone.', 'token'],
  'second-factor-required': ['unauthenticated', 'A code was mailed: it is needed together with email and password.'],
  'session-superseded': ['unauthenticated', 'The session has ended. Log in again.'],
  'two-factor-on': ['conflict', 'Two-factor is on already.'],
  'two-factor-mandatory': ['conflict', 'Every admin logs in with a code here: two-factor cannot be turned off.'],
  'two-factor-proof-required': ['forbidden', 'A code was mailed: send it as otp, or send the password.'],
  'provider-email-not-verified': ['forbidden', 'Google has not verified your email address. Verify it there, then sign in again.'],
  'identity-email-not-verified': [
    'conflict',
    'There is an account with this email address, which has not been verified. Set a new password for it with a code from a mail, then sign in with Google again.',
  ],
  'identity-already-linked': [
    'conflict',
    'The account with this email address is linked to another Google account. Sign in with that one, or with the password.',
  ],
  'log-in-required': ['unauthenticated', 'The email address is verified. Log in.'],
} satisfies Record<Exclude<AccountRejection | RefusedByUseCases, OtpCode | AdminRosterRejection>, Answer>;
