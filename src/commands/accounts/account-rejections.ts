import type { ActivateAccountRejection } from './activate-account.js';
import type { ChangeContactRejection } from './change-contact.js';
import type { DeleteAccountRejection } from './delete-account.js';
import type { ChangePasswordRejection } from './change-password.js';
import type { ChangeProfileRejection } from './change-profile.js';
import type { CompleteRegistrationRejection } from './complete-registration.js';
import type { IssueOtpRejection } from './issue-otp.js';
import type { LogInRejection } from './log-in.js';
import type { RefreshSessionRejection } from './refresh-session.js';
import type { RegisterAccountRejection } from './register-account.js';
import type { ResetPasswordRejection } from './reset-password.js';
import type { VerifyEmailRejection } from './verify-email.js';

/** Every reason for which a use case of the accounts refuses, for whoever answers them. */
export type AccountsRejection =
  | ActivateAccountRejection
  | ChangeContactRejection
  | ChangePasswordRejection
  | ChangeProfileRejection
  | CompleteRegistrationRejection
  | DeleteAccountRejection
  | IssueOtpRejection
  | LogInRejection
  | RefreshSessionRejection
  | RegisterAccountRejection
  | ResetPasswordRejection
  | VerifyEmailRejection;
