import type { PackageType } from '../../domain/package-catalog/events.js';
import type { GroupTerms, PayerType } from '../../domain/package-purchases/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** PAID: it waits for an admin, also while an approval is under way. */
export type PackagePaymentStatus = 'PAID' | 'APPROVED';

export interface ShownGroup extends GroupTerms {
  /** In the order of the members. */
  readonly inviteEmails: readonly string[];
}

/** A payment by proof. A deleted one is gone. */
export interface PackagePaymentDocument extends Document {
  readonly payerId: string;
  readonly packageId: string;
  /** As the package was when it was paid for. */
  readonly packageName: string;
  readonly packageType: PackageType;
  readonly price: number;
  /** Null of a bundle and of a group. */
  readonly courseId: string | null;
  readonly courses: readonly { readonly courseId: string; readonly title: string }[];
  readonly courseIds: readonly string[];
  readonly payerType: PayerType;
  /** Empty where the payer's account is deleted. */
  readonly proofLink: string;
  readonly status: PackagePaymentStatus;
  readonly isGroup: boolean;
  /** The addresses of deleted members are empty. */
  readonly group: ShownGroup | null;
  /** The payer, and the members of a group. */
  readonly participantIds: readonly string[];
  /** The lists that it is in, one for each combination of filters: each has the order of one index. */
  readonly listedAs: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const packagePayments = collection<PackagePaymentDocument>({
  projection: 'package-payments',
  name: 'package-payments',
  indexes: [
    { listedAs: 1, createdAt: -1 },
    { listedAs: 1, updatedAt: -1 },
    { listedAs: 1, price: -1 },
    { participantIds: 1, createdAt: -1 },
    { payerId: 1, createdAt: -1 },
    { courseIds: 1, createdAt: -1 },
  ],
});
