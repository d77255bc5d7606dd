import { addMoney, zero } from '../../domain/kernel/money.js';
import type { ReadModels } from '../../ports/read-models.js';
import { addUp, facetsOf, foundAmong, searchFacets, type FacetSearch, type FoundByFacets } from '../kernel/facets.js';
import type { Place } from '../kernel/slice.js';
import { auditedPayments, type AuditedPayment, type AuditedPaymentStatus } from './document.js';

export { AUDITED_PAYMENT_STATUSES, type AuditedPayment, type AuditedPaymentStatus } from './document.js';

export interface PaymentSearch {
  readonly id?: string;
  readonly payer?: string;
  readonly course?: string;
  readonly code?: string;
  readonly status?: AuditedPaymentStatus;
  readonly currency?: string;
  readonly actor?: string;
  readonly reason?: string;
  readonly amountFrom?: number;
  readonly amountTo?: number;
  /** UTC; of the opening. */
  readonly from?: string;
  readonly to?: string;
}

const FACETS = ['payer', 'code', 'actor', 'course', 'reason', 'status', 'currency'] as const;

const isWithin = ({ value }: AuditedPayment, { amountFrom, amountTo }: PaymentSearch): boolean => {
  if (amountFrom === undefined && amountTo === undefined) return true;
  return value !== null && value >= (amountFrom ?? -Infinity) && value <= (amountTo ?? Infinity);
};

const searchOf = (search: PaymentSearch): FacetSearch<AuditedPayment> => ({
  facets: facetsOf(FACETS, search),
  ...(search.from === undefined ? {} : { from: search.from }),
  ...(search.to === undefined ? {} : { to: search.to }),
  matches: (payment) => (search.id === undefined || payment.id === search.id) && isWithin(payment, search),
});

/** The newest first. Rejects with ForeignPlace. */
export const searchPayments = async (readModels: ReadModels, search: PaymentSearch, slice: { readonly limit: number; readonly after?: Place }): Promise<FoundByFacets<AuditedPayment>> => {
  if (search.id !== undefined) return { found: await foundAmong(readModels, auditedPayments, [search.id], searchOf(search)), next: null };
  return searchFacets(readModels, auditedPayments, searchOf(search), slice);
};

export interface PaymentSums {
  readonly currency: string;
  readonly count: number;
  readonly amount: string;
  readonly captured: string;
  readonly refunded: string;
}

export interface PaymentTotals {
  readonly count: number;
  /** A payment counts under each of its statuses. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly sums: readonly PaymentSums[];
  /** False: the search has more payments than are added up at once. */
  readonly complete: boolean;
}

export const totalPayments = async (readModels: ReadModels, search: PaymentSearch): Promise<PaymentTotals> => {
  let count = 0;
  const statuses: Record<string, number> = {};
  const sums = new Map<string, PaymentSums>();
  const add = (payment: AuditedPayment): void => {
    count += 1;
    for (const status of payment.statuses) statuses[status] = (statuses[status] ?? 0) + 1;
    const { currency } = payment;
    if (currency === null) return;
    const so = sums.get(currency) ?? { currency, count: 0, amount: zero(currency), captured: zero(currency), refunded: zero(currency) };
    sums.set(currency, {
      currency,
      count: so.count + 1,
      amount: addMoney(so.amount, payment.amount ?? '0'),
      captured: addMoney(so.captured, payment.captured ?? '0'),
      refunded: addMoney(so.refunded, payment.refunded),
    });
  };
  let complete = true;
  if (search.id === undefined) complete = await addUp(readModels, auditedPayments, searchOf(search), add);
  else (await foundAmong(readModels, auditedPayments, [search.id], searchOf(search))).forEach(add);
  return { count, statuses, sums: [...sums.values()].sort((one, other) => (one.currency < other.currency ? -1 : 1)), complete };
};

/** Which of these payments a search finds. */
export const paymentsFound = async (readModels: ReadModels, ids: readonly string[], search: PaymentSearch): Promise<ReadonlySet<string>> =>
  new Set((await foundAmong(readModels, auditedPayments, ids, searchOf(search))).map(({ id }) => id));
