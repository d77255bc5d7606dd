import type { PaymentMethod, Quote } from '../../domain/payment/events.js';
import { collection } from '../kernel/projection.js';

export type PaymentStatus = 'pending' | 'completed' | 'failed' | 'cancelled' | 'refunded';

export interface PaymentDispute {
  readonly disputeId: string;
  readonly amount: string;
  readonly status: 'open' | 'won' | 'lost';
  readonly reason: string | null;
}

export interface PaymentRefund {
  readonly refundId: string;
  readonly amount: string;
  readonly status: 'requested' | 'refunded' | 'failed';
  /** The provider took it, and tells later how it ends. */
  readonly isProcessing?: boolean;
  /** The courses whose access it ends, where it names some. */
  readonly courseIds: readonly string[];
}

/** A payment as its payer sees it. The billing is a record of its own, so that it can be erased. */
export interface PaymentDocument {
  readonly id: string;
  readonly userId: string;
  readonly method: PaymentMethod;
  readonly courseIds: readonly string[];
  readonly quote: Quote;
  readonly status: PaymentStatus;
  readonly failureReason: string | null;
  readonly capturedAmount: string | null;
  readonly refundedAmount: string;
  readonly refunds: readonly PaymentRefund[];
  readonly disputes: readonly PaymentDispute[];
  /** The provider took the charge, and tells later how it ends. */
  readonly isProcessing?: boolean;
  /** Sealed; while the payer has to do something before the money comes. */
  readonly nextAction: string | null;
  /** Courses that nobody else can buy for the payer while this payment is under way. */
  readonly heldCourseIds: readonly string[];
  readonly grantedCourseIds: readonly string[];
  readonly invoiceId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly expiresAt: string;
}

export interface PaymentInvoiceDocument {
  readonly id: string;
  readonly invoiceNumber: string;
}

const projection = 'payments';

export const paymentCollection = collection<PaymentDocument>({
  projection,
  name: 'payments',
  indexes: [{ createdAt: -1 }, { userId: 1, createdAt: -1 }, { status: 1, createdAt: -1 }, { userId: 1, status: 1, createdAt: -1 }],
});

export const paymentInvoiceCollection = collection<PaymentInvoiceDocument>({ projection, name: 'payment-invoices', indexes: [] });
