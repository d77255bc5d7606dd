import { accept, reject, type Decider, type Decision, type Message, type Refusal } from '../kernel/decider.js';
import type { PackageType } from '../package-catalog/events.js';
import type { PackageEnrollment, PackagePurchasesEvent } from './events.js';
import { evolve, existingPayments, initialPurchases, isWaiting, type PackagePayment, type PackagePurchases, type RefusedApproval, type SubmittedPayment } from './state.js';

export { existingPayments, isWaiting, type PackagePayment, type PackagePurchases, type RefusedApproval } from './state.js';

/** Of one payer, deleted ones included. */
export const MOST_PACKAGE_PAYMENTS = 100;

type OfPayment = Readonly<{ paymentId: string; at: string }>;
/** isGroup: the payment is taken for one of a group. */
type Judged = OfPayment & Readonly<{ isGroup: boolean }>;
type OfApproval = OfPayment & Readonly<{ approvalId: string }>;

export type PackagePurchasesCommand =
  | Message<'SubmitPackagePayment', Omit<SubmittedPayment, 'submittedAt'> & Readonly<{ at: string }>>
  | Message<'ReplacePackagePaymentProof', OfPayment & Readonly<{ proofLink: string }>>
  /** Accepted without an event while another approval is under way. */
  | Message<'BeginPackagePaymentApproval', Judged & Readonly<{ approvalId: string }>>
  | Message<'RefusePackagePaymentApproval', OfPayment & RefusedApproval>
  | Message<'ApprovePackagePayment', OfApproval & Readonly<{ enrollments: readonly PackageEnrollment[] }>>
  | Message<'DeletePackagePayment', Judged>;

export type PackagePurchasesRejection =
  | 'intermediate-already-paid'
  | 'bundle-not-alone'
  | 'bundle-already-paid'
  | 'package-type-already-paid'
  | 'too-many-package-payments'
  | 'package-payment-not-found'
  | 'package-payment-approved'
  | 'package-payment-is-group'
  | 'package-payment-not-group';

type PurchaseDecision = Decision<PackagePurchasesEvent, PackagePurchasesRejection>;
type Data<Type extends PackagePurchasesCommand['type']> = Extract<PackagePurchasesCommand, { type: Type }>['data'];
type Hindrance = Refusal<PackagePurchasesRejection> | undefined;

const ofType = (purchases: PackagePurchases, ...types: readonly PackageType[]): PackagePayment | undefined =>
  existingPayments(purchases).find(({ packageType }) => types.includes(packageType));

/** What is in the way of an INTERMEDIATE class; the document asks this before it looks at the course (section 4, check 5). */
export const intermediateHindrance = (purchases: PackagePurchases): Hindrance => {
  const found = ofType(purchases, 'INTERMEDIATE', 'BUNDLE');
  if (found === undefined) return undefined;
  const [course] = found.courses;
  return reject('intermediate-already-paid', { packageType: found.packageType, course: course?.title ?? '', isWaiting: isWaiting(found) });
};

/** What a person who has these payments may not buy (section 2, checks 10 to 12). */
export const purchaseHindrance = (purchases: PackagePurchases, packageType: PackageType): Hindrance => {
  if (packageType === 'INTERMEDIATE') return intermediateHindrance(purchases);
  if (packageType === 'BUNDLE') return existingPayments(purchases).length === 0 ? undefined : reject('bundle-not-alone');
  if (ofType(purchases, 'BUNDLE') !== undefined) return reject('bundle-already-paid');
  return ofType(purchases, packageType) === undefined ? undefined : reject('package-type-already-paid', { packageType });
};

const submit = ({ at, ...submitted }: Data<'SubmitPackagePayment'>, purchases: PackagePurchases): PurchaseDecision => {
  if (purchases.payments.has(submitted.paymentId)) return accept();
  const hindrance = purchaseHindrance(purchases, submitted.packageType);
  if (hindrance !== undefined) return hindrance;
  if (purchases.count >= MOST_PACKAGE_PAYMENTS) return reject('too-many-package-payments', { most: MOST_PACKAGE_PAYMENTS });
  return accept({ type: 'PackagePaymentSubmitted', data: { ...submitted, submittedAt: at } });
};

const wrongKind = ({ isGroup }: Data<'DeletePackagePayment'>, payment: PackagePayment): Hindrance => {
  if (isGroup === (payment.group !== null)) return undefined;
  return reject(isGroup ? 'package-payment-not-group' : 'package-payment-is-group');
};

const begin = (data: Data<'BeginPackagePaymentApproval'>, payment: PackagePayment): PurchaseDecision => {
  const { paymentId, approvalId, at } = data;
  const wrong = wrongKind(data, payment);
  if (wrong !== undefined) return wrong;
  if (payment.status === 'approved') return payment.approvalId === approvalId ? accept() : reject('package-payment-approved');
  if (payment.status === 'approving' || payment.refused?.approvalId === approvalId) return accept();
  return accept({ type: 'PackagePaymentApprovalBegun', data: { paymentId, approvalId, begunAt: at } });
};

const isUnderWay = (payment: PackagePayment, approvalId: string): boolean => payment.status === 'approving' && payment.approvalId === approvalId;

const approve = ({ paymentId, approvalId, enrollments, at }: Data<'ApprovePackagePayment'>, payment: PackagePayment): PurchaseDecision => {
  if (!isUnderWay(payment, approvalId)) return accept();
  const { payerId, packageId, packageType } = payment;
  const data = { paymentId, approvalId, payerId, packageId, packageType, enrollments: [...enrollments], approvedAt: at };
  return accept({ type: 'PackagePaymentApproved', data });
};

const decide = (command: PackagePurchasesCommand, purchases: PackagePurchases): PurchaseDecision => {
  if (command.type === 'SubmitPackagePayment') return submit(command.data, purchases);
  const { paymentId, at } = command.data;
  const payment = purchases.payments.get(paymentId);
  if (payment === undefined || payment.status === 'deleted') return reject('package-payment-not-found', { paymentId });
  switch (command.type) {
    case 'ReplacePackagePaymentProof': {
      const { proofLink } = command.data;
      if (payment.status !== 'waiting') return reject('package-payment-approved');
      return payment.proofLink === proofLink ? accept() : accept({ type: 'PackagePaymentProofReplaced', data: { paymentId, proofLink, replacedAt: at } });
    }
    case 'BeginPackagePaymentApproval':
      return begin(command.data, payment);
    case 'RefusePackagePaymentApproval': {
      const { at: refusedAt, ...refused } = command.data;
      return isUnderWay(payment, refused.approvalId) ? accept({ type: 'PackagePaymentApprovalRefused', data: { ...refused, refusedAt } }) : accept();
    }
    case 'ApprovePackagePayment':
      return approve(command.data, payment);
    case 'DeletePackagePayment': {
      const wrong = wrongKind(command.data, payment);
      if (wrong !== undefined) return wrong;
      if (payment.status !== 'waiting') return reject('package-payment-approved');
      return accept({ type: 'PackagePaymentDeleted', data: { paymentId, deletedAt: at } });
    }
  }
};

/** Twenty tabs of one person make one payment: what may be bought beside what is a fact of the payer's stream. */
export const packagePurchasesDecider: Decider<PackagePurchases, PackagePurchasesCommand, PackagePurchasesEvent, PackagePurchasesRejection> = {
  initialState: initialPurchases,
  decide,
  evolve,
};
