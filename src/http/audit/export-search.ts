import type { ExportedEvent } from '../../commands/audit/exported-events.js';
import type { ReadModels } from '../../ports/read-models.js';
import { AUDITED_COUPON_STATUSES, couponFinder, type AuditedCouponStatus } from '../../projections/audit-coupons/queries.js';
import { AUDITED_PAYMENT_STATUSES, paymentsFound, type AuditedPaymentStatus } from '../../projections/audit-payments/queries.js';
import type { CommonFilters } from './search-schemas.js';
import { searchOf } from './search.js';

export const EXPORTED_STATUSES = [...AUDITED_PAYMENT_STATUSES, ...AUDITED_COUPON_STATUSES] as const;

export interface ExportFilters extends CommonFilters {
  /** Absent: both. */
  readonly of?: 'payments' | 'coupons' | undefined;
  readonly status?: (typeof EXPORTED_STATUSES)[number] | undefined;
}

type Choose = (block: readonly ExportedEvent[]) => Promise<readonly ExportedEvent[]>;

const isPaymentStatus = (status: string): status is AuditedPaymentStatus => AUDITED_PAYMENT_STATUSES.some((one) => one === status);
const isCouponStatus = (status: string): status is AuditedCouponStatus => AUDITED_COUPON_STATUSES.some((one) => one === status);

type Subject = 'payment' | 'coupon';

const FIELDS = { payment: 'paymentId', coupon: 'couponId' } as const;

const subjectOf = ({ event: { stream } }: ExportedEvent): Subject => (stream.startsWith('payment-') ? 'payment' : 'coupon');
/** The stream of a coupon is named after its code, so the event says the id. */
const idOf = (exported: ExportedEvent): string => String(Reflect.get(exported.event.data, FIELDS[subjectOf(exported)]));

const idsIn = (block: readonly ExportedEvent[], subject: Subject): readonly string[] => [...new Set(block.filter((one) => subjectOf(one) === subject).map(idOf))];

/** Chooses from blocks of events those of the payments and coupons that are searched for; null: all are. Throws as searchOf does. */
export const chooser = async (readModels: ReadModels, { of, ...filters }: ExportFilters): Promise<Choose | null> => {
  const { status, ...search } = searchOf(filters);
  if (of === undefined && status === undefined && Object.keys(search).length === 0) return null;
  const paymentSearch = { ...search, ...(status !== undefined && isPaymentStatus(status) ? { status } : {}) };
  const couponSearch = { ...search, ...(status !== undefined && isCouponStatus(status) ? { status } : {}) };
  const takesPayments = of !== 'coupons' && (status === undefined || isPaymentStatus(status));
  const takesCoupons = of !== 'payments' && (status === undefined || isCouponStatus(status));
  const findCoupons = takesCoupons ? await couponFinder(readModels, couponSearch) : null;
  return async (block) => {
    const payments = takesPayments ? await paymentsFound(readModels, idsIn(block, 'payment'), paymentSearch) : new Set<string>();
    const coupons = findCoupons === null ? new Set<string>() : await findCoupons(idsIn(block, 'coupon'));
    const found = { payment: payments, coupon: coupons };
    return block.filter((one) => found[subjectOf(one)].has(idOf(one)));
  };
};
