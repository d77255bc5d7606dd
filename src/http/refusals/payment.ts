import type { PaymentRejection } from '../../domain/payment/decider.js';
import type { PricingRejection } from '../../domain/pricing.js';
import type { Answer } from './answer.js';

type OfTheCoupon = 'coupon-expired' | 'coupon-not-applicable';
type Refused = PaymentRejection | Exclude<PricingRejection, OfTheCoupon> | 'quote-changed' | 'payment-not-permitted' | 'payment-method-unavailable';

/** Refusals about amounts are here too, whichever use case gives them. */
export const paymentRefusals = {
  'payment-not-opened': ['not-found', 'The payment does not exist.'],
  'payment-not-captured': ['conflict', 'No money was received for this payment.'],
  'payment-already-captured': ['conflict', 'The payment is completed: it can only be refunded.'],
  'payment-already-ended': ['conflict', 'The payment has ended.'],
  'payment-method-mismatch': ['conflict', 'The payment is by another method.'],
  'payment-not-permitted': ['forbidden', 'Accounts pay for themselves; only admins record cash and refunds.'],
  'nothing-to-refund': ['conflict', 'Nothing of the payment is left to refund.'],
  'refund-exceeds-captured': ['unprocessable', 'A refund cannot exceed what was paid.'],
  'course-not-bought': ['unprocessable', 'The course is not one of this payment.'],
  'refund-not-requested': ['conflict', 'The refund was never requested.'],
  'payment-disputed': ['conflict', 'The payer’s bank asks for this money back: nothing is refunded until it has decided.'],
  'payment-method-unavailable': ['unprocessable', 'Only cash is taken: there is no payment provider. An operator sets STRIPE_SECRET_KEY.', 'paymentMethod'],
  'quote-changed': ['conflict', 'Prices have changed since the quote.'],
  'quote-inconsistent': ['unprocessable', 'The quote does not add up.'],
  'nothing-to-buy': ['invalid', 'Name at least one course.'],
  'course-listed-twice': ['invalid', 'A course is named twice.'],
  'amount-invalid': ['invalid', 'The amount cannot be charged in this currency.'],
  'amount-mismatch': ['unprocessable', 'The amount is not what this costs.'],
  'currency-mismatch': ['unprocessable', 'The currency is another one.'],
} satisfies Record<Refused, Answer>;

export type PaymentCode = keyof typeof paymentRefusals;
