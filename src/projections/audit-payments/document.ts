import type { PaymentMethod } from '../../domain/payment/events.js';
import { facetIndexes, type Faceted } from '../kernel/facets.js';
import { collection } from '../kernel/projection.js';

/** What a payment came to; several may hold: captured, partly-refunded, disputed. */
export const AUDITED_PAYMENT_STATUSES = [
  'opened',
  'captured',
  'captured-late',
  'declined',
  'cancelled',
  'expired',
  'refund-requested',
  'refund-failed',
  'partly-refunded',
  'refunded',
  'disputed',
] as const;
export type AuditedPaymentStatus = (typeof AUDITED_PAYMENT_STATUSES)[number];

export interface AuditedRefund {
  readonly amount: string;
  readonly status: 'requested' | 'done' | 'failed';
}

/** A payment as it is searched for. It names people by the ids of their accounts alone. */
export interface AuditedPayment extends Faceted {
  /** Null: it expired before it was opened. */
  readonly payerId: string | null;
  readonly courseIds: readonly string[];
  readonly couponCode: string | null;
  readonly method: PaymentMethod | null;
  readonly ended: 'opened' | 'captured' | 'captured-late' | 'declined' | 'cancelled' | 'expired';
  readonly statuses: readonly AuditedPaymentStatus[];
  readonly currency: string | null;
  /** As quoted. */
  readonly amount: string | null;
  /** The same to compare by: a decimal string has no order of its own. */
  readonly value: number | null;
  readonly captured: string | null;
  readonly refunded: string;
  readonly refunds: Readonly<Record<string, AuditedRefund>>;
  readonly takenBack: boolean;
  readonly disputes: Readonly<Record<string, 'open' | 'won' | 'lost'>>;
  readonly actorIds: readonly string[];
  /** Why it was declined, cancelled, refunded or disputed, or why a refund failed. */
  readonly reasons: readonly string[];
  readonly correlationId: string;
  readonly updatedAt: string;
}

export const auditedPayments = collection<AuditedPayment>({ projection: 'audit-payments', name: 'auditedPayments', indexes: facetIndexes });
