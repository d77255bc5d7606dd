import type { AddToCartRejection } from '../../commands/add-to-cart.js';
import type { ChangeInvoiceRejection } from '../../commands/change-invoice.js';
import type { ChangePasswordRejection } from '../../commands/change-password.js';
import type { ChangeProfileRejection } from '../../commands/change-profile.js';
import type { VerifyOtpRejection } from '../../commands/check-otp.js';
import type { CompleteRegistrationRejection } from '../../commands/complete-registration.js';
import type { CouponTermsRejection } from '../../commands/coupon-terms.js';
import type { EnrollRejection } from '../../commands/enroll-in-free-course.js';
import type { IssueOtpRejection } from '../../commands/issue-otp.js';
import type { LogInRejection } from '../../commands/log-in.js';
import type { OpenPaymentRejection } from '../../commands/open-payment.js';
import type { RefreshSessionRejection } from '../../commands/refresh-session.js';
import type { RegisterAccountRejection } from '../../commands/register-account.js';
import type { RequestInvoiceRejection } from '../../commands/request-invoice.js';
import type { AccountRejection } from '../../domain/account/decider.js';
import type { CouponRejection } from '../../domain/coupon/decider.js';
import type { CourseRejection } from '../../domain/course/commands.js';
import type { InvoiceRejection } from '../../domain/invoice/decider.js';
import type { MailRejection } from '../../domain/mail/decider.js';
import type { OtpRejection } from '../../domain/otp/decider.js';
import type { RecordRejection } from '../../domain/record/decider.js';
import type { RequestRejection } from '../../domain/request/decider.js';
import type { ReservationRejection } from '../../domain/reservation/decider.js';
import type { SessionRejection } from '../../domain/session/decider.js';

type Refused =
  | AccountRejection
  | CouponRejection
  | CourseRejection
  | InvoiceRejection
  | MailRejection
  | OtpRejection
  | RecordRejection
  | RequestRejection
  | ReservationRejection
  | SessionRejection;

type RefusedToAccounts =
  | ChangePasswordRejection
  | ChangeProfileRejection
  | CompleteRegistrationRejection
  | IssueOtpRejection
  | LogInRejection
  | RefreshSessionRejection
  | RegisterAccountRejection
  | VerifyOtpRejection;

type RefusedToBuyers =
  | AddToCartRejection
  | ChangeInvoiceRejection
  | CouponTermsRejection
  | EnrollRejection
  | OpenPaymentRejection
  | RequestInvoiceRejection
  | 'editor-not-found';

/** Every reason for which a decider or a use case refuses. A new one does not compile until rejections.ts answers it. */
export type Rejection = Refused | RefusedToAccounts | RefusedToBuyers;
