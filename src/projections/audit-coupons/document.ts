import type { CouponTerms } from '../../domain/coupon/events.js';
import type { Document } from '../../ports/read-models.js';
import { facetIndexes, type Faceted } from '../kernel/facets.js';
import { collection } from '../kernel/projection.js';

export const AUDITED_COUPON_STATUSES = ['issued', 'withdrawn', 'disabled'] as const;
export type AuditedCouponStatus = (typeof AUDITED_COUPON_STATUSES)[number];

export interface UseCounts {
  readonly reserved: number;
  readonly redeemed: number;
  readonly released: number;
  readonly reversed: number;
}

/** A coupon as it is searched for, with its uses counted. */
export interface AuditedCoupon extends Faceted {
  /** Named after the code, which a coupon keeps. */
  readonly stream: string;
  readonly code: string;
  readonly issuedBy: string;
  readonly terms: CouponTerms;
  readonly status: AuditedCouponStatus;
  /** What it is worth: per cent, or an amount of `currency`. */
  readonly value: number;
  readonly currency: string | null;
  readonly uses: UseCounts;
  /** What uses that are redeemed took off, or cost, by currency. */
  readonly given: Readonly<Record<string, string>>;
  /** Who issued, changed and withdrew it. Who used it is in its uses. */
  readonly actorIds: readonly string[];
  /** Why uses were released or reversed. */
  readonly reasons: readonly string[];
  readonly correlationId: string;
  readonly updatedAt: string;
}

/** One use. `id`: coupon and use. What it is worth never changes. */
export interface AuditedUse extends Document {
  readonly couponId: string;
  readonly accountId: string;
  readonly amount: string;
  readonly currency: string;
}

const projection = 'audit-coupons';

export const auditedCoupons = collection<AuditedCoupon>({ projection, name: 'auditedCoupons', indexes: facetIndexes });
export const auditedUses = collection<AuditedUse>({ projection, name: 'auditedCouponUses', indexes: [{ accountId: 1, couponId: 1 }] });
