import type { ActivateAccountRejection } from '../../commands/accounts/activate-account.js';
import type { ChangeContactRejection } from '../../commands/accounts/change-contact.js';
import type { DeleteAccountRejection } from '../../commands/accounts/delete-account.js';
import type { LogInRejection } from '../../commands/accounts/log-in.js';
import type { RegisterAccountRejection } from '../../commands/accounts/register-account.js';
import type { AccountRejection } from '../../domain/account/decider.js';
import type { Answer } from './answer.js';
import type { OtpCode } from './one-time-code.js';

type RefusedByUseCases =
  | ActivateAccountRejection
  | ChangeContactRejection
  | DeleteAccountRejection
  | LogInRejection
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
  'password-tries-spent': ['too-many', 'Too many wrong passwords were given. Try again later, or reset the password with a code from a mail.'],
  'undo-not-possible': ['invalid', 'The link is no longer good: it was used, a week has gone by, or a change before it was undone.', 'token'],
  'second-factor-required': ['unauthenticated', 'A code was mailed: it is needed together with email and password.'],
  'log-in-required': ['unauthenticated', 'The email address is verified. Log in.'],
} satisfies Record<Exclude<AccountRejection | RefusedByUseCases, OtpCode>, Answer>;
