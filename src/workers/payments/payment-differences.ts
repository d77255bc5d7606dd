import { compareMoney, isZero } from '../../domain/kernel/money.js';
import { isCaptured, refundable, type CapturedPayment, type Payment } from '../../domain/payment/decider.js';
import type { ProviderFact } from '../../ports/payment-gateway.js';

/** Something that the log and the provider do not say alike, and that has more than one right answer. */
export interface Difference {
  readonly paymentId: string;
  /** The provider's id of the charge, the refund or the dispute; null: the provider knows none. */
  readonly reference: string | null;
  readonly what: string;
}

const ofCharge = (payment: Payment, { status, reference, amount, currency }: ProviderFact): string | null => {
  if (isCaptured(payment)) {
    if (status !== 'captured') return payment.reference === reference ? `captured here, and ${status} at the provider` : null;
    if (payment.reference !== reference) return `money came twice: the payment has that of ${payment.reference ?? 'another way'}`;
    return payment.currency === currency && compareMoney(payment.amount, amount) === 0 ? null : `${payment.amount} ${payment.currency} here, ${amount} ${currency} at the provider`;
  }
  if (status !== 'captured') return null;
  if (payment.status === 'none') return `${amount} ${currency} for a payment that this log does not know`;
  return `${amount} ${currency} that the payment does not take: it is ${payment.status}, by ${payment.method ?? 'no method'}`;
};

const ofRefund = (payment: Payment, { status, reference, amount, currency }: ProviderFact, refundId: string | null): string | null => {
  if (status !== 'refunded') return null;
  const known = isCaptured(payment) ? payment.refunds.get(refundId ?? `provider-${reference}`) : undefined;
  if (known === undefined) return `a refund of ${amount} ${currency} that the payment does not have`;
  if (known.status !== 'done') return known.reversed === true ? null : `a refund of ${amount} ${currency} that was made there, and is ${known.status} here`;
  return compareMoney(known.amount, amount) === 0 ? null : `a refund of ${known.amount} ${currency} here, ${amount} ${currency} at the provider`;
};

const ofDispute = (payment: Payment, { status, reference }: ProviderFact): string | null => {
  const known = isCaptured(payment) ? payment.disputes.get(reference) : undefined;
  return known === status ? null : `a dispute that is ${status} there, and ${known ?? 'unknown'} here`;
};

/** What is left between a fact and the payment once the payment has taken the fact in. */
export const differenceOf = (payment: Payment, fact: ProviderFact & { readonly paymentId: string }): Difference | null => {
  const what = fact.kind === 'charge' ? ofCharge(payment, fact) : fact.kind === 'refund' ? ofRefund(payment, fact, fact.refundId) : ofDispute(payment, fact);
  return what === null ? null : { paymentId: fact.paymentId, reference: fact.reference, what };
};

/** What the provider told of, all of it. */
export interface SeenAtProvider {
  readonly charges: ReadonlySet<string>;
  /** By their ids here. */
  readonly refunds: ReadonlySet<string>;
}

const ofProvider = (refundId: string): boolean => refundId.startsWith('provider-') || refundId.startsWith('dispute-');

const unseenRefunds = ({ paymentId, refunds }: CapturedPayment, seen: SeenAtProvider): readonly Difference[] =>
  [...refunds].flatMap(([refundId, { status, amount }]): readonly Difference[] =>
    status === 'done' && !isZero(amount) && !ofProvider(refundId) && !seen.refunds.has(refundId)
      ? [{ paymentId, reference: null, what: `the refund ${refundId} of ${amount} is made here, and the provider knows none` }]
      : []);

/** What a payment by card or wallet has that the provider did not tell of. */
export const missingAtProvider = (payment: Payment, seen: SeenAtProvider): readonly Difference[] => {
  if (!isCaptured(payment) || payment.method === 'cash' || isZero(payment.amount)) return [];
  const { paymentId, reference, status, amount, currency, refunds } = payment;
  const unseen: readonly Difference[] = reference !== null && seen.charges.has(reference)
    ? []
    : [{ paymentId, reference, what: `${amount} ${currency} captured here, and the provider knows no such charge` }];
  const isUnderWay = refunds.some((refund) => refund.status === 'requested');
  const kept: readonly Difference[] = status === 'captured-late' && !isZero(refundable(payment)) && !isUnderWay
    ? [{ paymentId, reference, what: `${refundable(payment)} ${currency} came after the end of the payment and was not given back` }]
    : [];
  return [...unseen, ...unseenRefunds(payment, seen), ...kept];
};
