import type { AccountsRejection } from '../../commands/accounts/account-rejections.js';
import type { AddToCartRejection } from '../../commands/carts/add-to-cart.js';
import type { ChangeInvoiceRejection } from '../../commands/invoices/change-invoice.js';
import type { VerifyOtpRejection } from '../../commands/accounts/check-otp.js';
import type { CouponTermsRejection } from '../../commands/coupons/coupon-terms.js';
import type { EnrollRejection } from '../../commands/enrollments/enroll-in-free-course.js';
import type { OpenPaymentRejection } from '../../commands/payments/open-payment.js';
import type { RequestInvoiceRejection } from '../../commands/invoices/request-invoice.js';
import type { AccountRejection } from '../../domain/account/decider.js';
import type { CouponRejection } from '../../domain/coupon/decider.js';
import type { CourseRejection } from '../../domain/course/commands.js';
import type { InvoiceRejection } from '../../domain/invoice/decider.js';
import type { MailRejection } from '../../domain/mail/decider.js';
import type { OtpRejection } from '../../domain/otp/decider.js';
import type { RecordUseRejection } from '../../commands/records/record-access.js';
import type { RequestRejection } from '../../domain/idempotent-request/decider.js';
import type { ReservationRejection } from '../../domain/reservation/decider.js';
import type { SessionRejection } from '../../domain/session/decider.js';

type Refused =
  | AccountRejection
  | CouponRejection
  | CourseRejection
  | InvoiceRejection
  | MailRejection
  | OtpRejection
  | RecordUseRejection
  | RequestRejection
  | ReservationRejection
  | SessionRejection;

type RefusedToAccounts = AccountsRejection | VerifyOtpRejection;

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
