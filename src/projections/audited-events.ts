import type { RecordedEvent } from '../ports/event-store.js';
import type { ReadModels } from '../ports/read-models.js';
import { AUDITED_COUPON_STATUSES, couponFinder, type AuditedCouponStatus, type CouponSearch } from './audit-coupons/queries.js';
import { AUDITED_PAYMENT_STATUSES, paymentsFound, type AuditedPaymentStatus, type PaymentSearch } from './audit-payments/queries.js';

export const AUDITED_STATUSES = [...AUDITED_PAYMENT_STATUSES, ...AUDITED_COUPON_STATUSES] as const;
export type AuditedStatus = (typeof AUDITED_STATUSES)[number];

export const AUDITED_SUBJECTS = ['payments', 'coupons'] as const;

export interface EventsSearched {
  /** Absent: both. */
  readonly of?: (typeof AUDITED_SUBJECTS)[number] | undefined;
  readonly status?: AuditedStatus | undefined;
  readonly search: Omit<PaymentSearch, 'status'> & Omit<CouponSearch, 'status'>;
}

interface Placed {
  readonly event: Pick<RecordedEvent, 'stream' | 'data'>;
}

type Choose = <Event extends Placed>(block: readonly Event[]) => Promise<readonly Event[]>;

const isPaymentStatus = (status: string): status is AuditedPaymentStatus => AUDITED_PAYMENT_STATUSES.some((one) => one === status);
const isCouponStatus = (status: string): status is AuditedCouponStatus => AUDITED_COUPON_STATUSES.some((one) => one === status);

type Subject = 'payment' | 'coupon';

const FIELDS = { payment: 'paymentId', coupon: 'couponId' } as const;

const subjectOf = ({ event: { stream } }: Placed): Subject => (stream.startsWith('payment-') ? 'payment' : 'coupon');
/** The stream of a coupon is named after its code, so the event says the id. */
const idOf = (placed: Placed): string => String(Reflect.get(placed.event.data, FIELDS[subjectOf(placed)]));

const idsIn = (block: readonly Placed[], subject: Subject): readonly string[] => [...new Set(block.filter((one) => subjectOf(one) === subject).map(idOf))];

/** Chooses from blocks of events those of the payments and coupons that are searched for; null: all are. */
export const auditedEventChooser = async (readModels: ReadModels, { of, status, search }: EventsSearched): Promise<Choose | null> => {
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
