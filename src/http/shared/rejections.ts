import type { RejectionDetails } from '../../domain/kernel/decider.js';
import { Problem } from './problem.js';
import type { Rejection } from './rejection.js';

export type { Rejection } from './rejection.js';

type RejectionAnswer = readonly [status: number, sentence: string];
type Answers = Partial<Record<Rejection, RejectionAnswer>>;

const accounts = {
  'account-not-found': [404, 'There is no such account.'],
  'account-exists': [409, 'The account exists already.'],
  'identifier-hold-cancelled': [409, 'The hold on it has run out. Try again.'],
  'identifier-in-use': [409, 'It is in use.'],
  'email-changed': [409, 'The account has another address by now.'],
  'role-not-allowed': [403, 'This role is given by an admin only.'],
  'role-already-chosen': [409, 'The role was chosen already.'],
  'password-not-current': [400, 'The current password is another one.'],
  'email-taken': [409, 'The address is in use by another account.'],
  'username-taken': [409, 'The username is in use by another account.'],
  'phone-taken': [409, 'The phone number is in use by another account.'],
  'admin-sign-up-closed': [403, 'An admin is signed up by an admin only.'],
  'password-required': [400, 'password is required, unless one signs in with another provider.'],
  'password-not-set': [409, 'The account has no password yet: ask for a code with POST /auth/forgot-password.'],
  'wrong-credentials': [401, 'Email or password is wrong.'],
  'unknown-account': [404, 'There is no such account.'],
  'wrong-password': [400, 'The current password is another one.'],
  'email-not-verified': [403, 'Verify the address first, with the code from the mail.'],
  'second-factor-required': [401, 'A code was mailed: send it as otp, together with email and password.'],
  'log-in-required': [401, 'The address is verified. Log in.'],
  'own-account': [409, 'Another admin has to do this to your account.'],
  'account-not-permitted': [403, 'This is for admins only.'],
  'refresh-token-invalid': [401, 'The refresh token is not valid.'],
  'refresh-token-reused': [401, 'The refresh token was used before, so its session has ended. Log in again.'],
  'otp-invalid': [400, 'The code is wrong or has expired.'],
  'session-not-found': [401, 'The refresh token is not valid.'],
  'session-exists': [409, 'The session exists already.'],
  'session-ended': [401, 'The session has ended. Log in again.'],
  'session-expired': [401, 'The session has expired. Log in again.'],
  'refresh-token-unknown': [401, 'The refresh token is not valid.'],
  'otp-too-many': [429, 'Too many codes were asked for. Try again later.'],
  'otp-not-issued': [400, 'The code is wrong or has expired.'],
  'otp-expired': [400, 'The code is wrong or has expired.'],
  'otp-exhausted': [400, 'The code is wrong or has expired.'],
  'otp-used': [400, 'The code is wrong or has expired.'],
  'identifier-taken': [409, 'It is in use by another account.'],
  'identifier-not-reserved': [409, 'It was not reserved by this account.'],
  'idempotency-key-reused': [422, 'This Idempotency-Key came with another request before.'],
  'request-not-received': [409, 'The request was never received.'],
} satisfies Answers;

const courses = {
  'course-not-found': [404, 'There is no such course.'],
  'course-already-exists': [409, 'The course exists already.'],
  'course-incomplete': [422, 'The course is not complete enough to be published.'],
  'course-without-organization': [422, 'Only a course of an organization can be private to it.'],
  'course-deleted': [404, 'There is no such course.'],
  'course-not-published': [409, 'The course is not on sale.'],
  'course-private': [403, 'The course is for members of its organization only.'],
  'course-full': [409, 'The course has no free seat.'],
  'course-not-free': [402, 'The course is not free: put it into the cart and pay for it with POST /payments.'],
  'not-course-owner': [403, 'Only the instructor of the course may do this.'],
  'not-course-editor': [403, 'Only the instructor and the editors of the course may do this.'],
  'owner-cannot-be-editor': [409, 'The instructor of the course edits it anyway.'],
  'editor-not-found': [404, 'There is no such account to be an editor.'],
  'capacity-invalid': [400, 'The capacity is a whole number of at least one seat.'],
  'capacity-below-seats': [409, 'More seats than that are taken.'],
  'seat-not-reserved': [409, 'No seat was reserved for this.'],
  'cart-full': [409, 'The cart is full.'],
  'already-enrolled': [409, 'The course is owned already.'],
  'purchase-under-way': [409, 'Another payment for this course is under way.'],
  'grant-already-revoked': [409, 'This access was taken away for good.'],
  'payment-already-ended': [409, 'The payment has ended.'],
  'amount-invalid': [400, 'The amount is not one that can be charged in this currency.'],
  'currency-mismatch': [422, 'The currency is another one.'],
} satisfies Answers;

const money = {
  'coupon-not-issued': [422, 'There is no such discount code.'],
  'coupon-code-taken': [409, 'The discount code exists already.'],
  'coupon-code-invalid': [400, 'A discount code is made of letters, digits, dashes and underscores.'],
  'coupon-terms-invalid': [400, 'The terms of the discount do not go together.'],
  'coupon-limit-below-uses': [409, 'The code was used more often than that.'],
  'coupon-withdrawn': [422, 'The discount code is not valid any more.'],
  'coupon-exhausted': [409, 'The discount code was used as often as it may be.'],
  'coupon-expired': [422, 'The discount code has expired.'],
  'coupon-not-applicable': [422, 'The discount code does not apply to this purchase.'],
  'coupon-not-reserved': [409, 'No use of the discount code is held for this.'],
  'coupon-not-redeemed': [409, 'The discount code was not redeemed for this.'],
  'coupon-not-permitted': [403, 'Instructors make discounts on their own courses; only admins on the whole platform.'],
  'quote-changed': [409, 'Prices have changed since the quote.'],
  'quote-inconsistent': [422, 'The quote does not add up.'],
  'nothing-to-buy': [400, 'Name at least one course.'],
  'course-listed-twice': [400, 'A course was named twice.'],
  'course-free': [422, 'The course is free: enroll with POST /courses/:id/enroll.'],
  'amount-mismatch': [422, 'The amount is not what this costs; details has the right one.'],
  'payment-not-permitted': [403, 'A payment is made for oneself; only admins record cash and refunds.'],
  'payment-already-invoiced': [409, 'The payment has its invoice already.'],
  'invoice-not-permitted': [403, 'Only admins make, correct and void invoices.'],
  'payment-not-opened': [404, 'There is no such payment.'],
  'payment-not-captured': [409, 'No money came for this payment.'],
  'payment-already-captured': [409, 'The payment is completed: refund it instead.'],
  'payment-method-mismatch': [409, 'The payment is by another method.'],
  'nothing-to-refund': [409, 'Nothing is left to refund.'],
  'refund-exceeds-captured': [422, 'More than was paid cannot be refunded.'],
  'refund-not-requested': [409, 'This refund was never asked for.'],
  'invoice-not-requested': [404, 'There is no such invoice.'],
  'invoice-already-issued': [409, 'The invoice is issued: a correction is a credit note.'],
  'invoice-amount-fixed': [422, 'An invoice keeps its amount: a correction is a credit note.'],
  'invoice-inconsistent': [422, 'The invoice does not add up.'],
  'invoice-void': [409, 'The invoice is void.'],
} satisfies Answers;

const others = {
  'mail-not-requested': [404, 'There is no such mail.'],
  'mail-not-due': [409, 'The mail is not due yet.'],
  'mail-already-sent': [409, 'The mail was sent.'],
  'mail-abandoned': [409, 'The mail was given up on.'],
  'mail-outcome-unknown': [409, 'Nobody knows whether the mail was sent.'],
  'mail-withdrawn': [409, 'Nobody needs the mail any more.'],
  'mail-not-given-up': [409, 'The mail is still being sent.'],
  'record-exists': [409, 'The record exists already.'],
  'record-not-found': [404, 'There is no such record.'],
  'record-of-another': [409, 'The id belongs to a record of another account.'],
  'record-value-taken': [409, 'Another record has this value already.'],
  'record-limit-reached': [409, 'There are as many records as there may be.'],
  'record-field-fixed': [422, 'The field keeps its first value.'],
  'record-reference-missing': [422, 'The record refers to something that does not exist.'],
  'record-not-permitted': [403, 'This account may not write the record.'],
} satisfies Answers;

const answers: Record<Rejection, RejectionAnswer> = { ...accounts, ...courses, ...money, ...others };

/** Refusals that one field of the request is to blame for. */
const blamed: Partial<Record<Rejection, string>> = { 'password-required': 'password', 'wrong-password': 'currentPassword' };

export const refusalProblem = (rejection: Rejection, details?: RejectionDetails): Problem => {
  const [status, sentence] = answers[rejection];
  const field = blamed[rejection];
  return new Problem(status, rejection, sentence, field === undefined ? undefined : [{ field, message: sentence }], details);
};
