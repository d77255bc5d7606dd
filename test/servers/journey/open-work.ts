import type { Recorded } from './books.js';

/** Work that began in the log and has not ended there. */
export const openWork = (log: readonly Recorded[]): readonly string[] => {
  const open = new Set<string>();
  const coupons = new Map<string, string | null>();
  /** The others are told of no enrollment. */
  const verified = new Set<string>();
  for (const { type, data } of log) {
    switch (type) {
      case 'OtpIssued':
        open.add(`code mail of ${data.otpId}`);
        break;
      case 'AccountEmailVerified':
        verified.add(data.accountId);
        break;
      case 'StudentEnrolled':
        if (verified.has(data.studentId)) open.add(`confirmation of ${data.studentId} ${data.courseId}`);
        break;
      case 'MailRequested':
        open.add(`mail ${data.mailId}`);
        if (data.template === 'payment-receipt') open.delete(`receipt of ${data.references['paymentId']}`);
        else if (data.template === 'enrollment-confirmation') open.delete(`confirmation of ${data.accountId} ${data.references['courseId']}`);
        else open.delete(`code mail of ${data.references['otpId']}`);
        break;
      case 'MailSent':
      case 'MailAbandoned':
      case 'MailOutcomeUnknown':
      case 'MailWithdrawn':
      // Its time is the next hour's.
      case 'MailPostponed':
        open.delete(`mail ${data.mailId}`);
        break;
      case 'EnrollmentHeld':
        open.add(`hold of ${data.paymentId}`);
        break;
      case 'EnrollmentHoldReleased':
        open.delete(`hold of ${data.paymentId}`);
        break;
      case 'AccessGranted':
        open.delete(`hold of ${data.grantId}`);
        break;
      case 'AccessRevoked':
        open.delete(`access by ${data.grantId}`);
        break;
      case 'CourseSeatReserved':
        open.add(`seat of ${data.holdId}`);
        break;
      case 'CourseSeatTaken':
      case 'CourseSeatReleased':
        open.delete(`seat of ${data.holdId}`);
        break;
      case 'CouponReserved':
        open.add(`coupon of ${data.paymentId}`);
        break;
      case 'CouponRedeemed':
      case 'CouponReleased':
      case 'CouponRedemptionReversed':
        open.delete(`coupon of ${data.paymentId}`);
        break;
      case 'PaymentOpened':
        open.add(`outcome of ${data.paymentId}`);
        coupons.set(data.paymentId, data.quote.couponCode);
        break;
      case 'PaymentExpired':
      case 'PaymentDeclined':
      case 'PaymentCancelled':
        open.delete(`outcome of ${data.paymentId}`);
        break;
      case 'PaymentCaptured':
        open.delete(`outcome of ${data.paymentId}`);
        open.add(`invoice ${data.paymentId}`);
        open.add(`receipt of ${data.paymentId}`);
        break;
      case 'PaymentCapturedLate':
        open.add(`refund late-${data.paymentId}`);
        break;
      case 'PaymentRefundRequested':
        open.add(`refund ${data.refundId}`);
        break;
      case 'PaymentRefunded':
        open.delete(`refund ${data.refundId}`);
        if (data.refundId === `late-${data.paymentId}`) break;
        open.add(`invoice ${data.refundId}`);
        if (!data.full) break;
        open.add(`access by ${data.paymentId}`);
        open.add(`seat of ${data.paymentId}`);
        if (coupons.get(data.paymentId) !== null) open.add(`coupon of ${data.paymentId}`);
        break;
      case 'InvoiceIssued':
        open.delete(`invoice ${data.invoiceId}`);
        break;
      default:
    }
  }
  return [...open];
};
