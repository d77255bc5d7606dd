import { unknownEvent } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { PackagePurchasesEvent } from './events.js';

type Data<Type extends PackagePurchasesEvent['type']> = Extract<PackagePurchasesEvent, { type: Type }>['data'];

export type SubmittedPayment = Data<'PackagePaymentSubmitted'>;
export type RefusedApproval = Omit<Data<'PackagePaymentApprovalRefused'>, 'paymentId' | 'refusedAt'>;

export type PackagePayment = SubmittedPayment &
  Readonly<{
    /** approving: seats are being taken. Clients are told that it waits. */
    status: 'waiting' | 'approving' | 'approved' | 'deleted';
    /** Of the approval under way, or of the one that it was approved by. */
    approvalId: string | null;
    /** The last approval that was refused. */
    refused: RefusedApproval | null;
    approvedAt: string | null;
  }>;

export interface PackagePurchases {
  readonly payments: PersistentMap<PackagePayment>;
  /** Of all that were ever made. */
  readonly count: number;
}

export const initialPurchases = (): PackagePurchases => ({ payments: emptyMap(), count: 0 });

/** Payments that count: waiting or approved (section 2). */
export const existingPayments = ({ payments }: PackagePurchases): readonly PackagePayment[] =>
  [...payments.values()].filter(({ status }) => status !== 'deleted');

export const isWaiting = ({ status }: PackagePayment): boolean => status === 'waiting' || status === 'approving';

export const evolve = (purchases: PackagePurchases, { type, data }: PackagePurchasesEvent): PackagePurchases => {
  if (type === 'PackagePaymentSubmitted') {
    const payment: PackagePayment = { ...data, status: 'waiting', approvalId: null, refused: null, approvedAt: null };
    return { payments: purchases.payments.set(data.paymentId, payment), count: purchases.count + 1 };
  }
  const payment = purchases.payments.get(data.paymentId);
  if (payment === undefined) return purchases;
  const changed = (changes: Partial<PackagePayment>): PackagePurchases => ({
    ...purchases,
    payments: purchases.payments.set(data.paymentId, { ...payment, ...changes }),
  });
  switch (type) {
    case 'PackagePaymentProofReplaced':
      return changed({ proofLink: data.proofLink });
    case 'PackagePaymentApprovalBegun':
      return changed({ status: 'approving', approvalId: data.approvalId });
    case 'PackagePaymentApprovalRefused': {
      const { paymentId: _paymentId, refusedAt: _refusedAt, ...refused } = data;
      return changed({ status: 'waiting', approvalId: null, refused });
    }
    case 'PackagePaymentApproved':
      return changed({ status: 'approved', approvalId: data.approvalId, approvedAt: data.approvedAt });
    case 'PackagePaymentDeleted':
      return changed({ status: 'deleted' });
    default:
      return unknownEvent(type, purchases);
  }
};
