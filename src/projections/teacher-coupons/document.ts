import type { AccessTerms } from '../../domain/coupon/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** A coupon that a teacher sells. One that was withdrawn is kept: its uses name it. */
export interface TeacherCouponDocument extends Document {
  readonly number: number;
  readonly code: string;
  readonly teacherId: string;
  readonly terms: AccessTerms;
  readonly uses: number;
  readonly withdrawn: boolean;
  readonly createdAt: string;
}

/** A use that stands; the id is the use's. */
export interface CouponUseDocument extends Document {
  readonly number: number;
  readonly couponId: string;
  readonly teacherId: string;
  readonly studentId: string;
  readonly courseId: string;
  /** Null: the course as a whole. */
  readonly moduleId: string | null;
  /** What the coupon cost when it was used. */
  readonly price: string;
  readonly currency: string;
  readonly usedAt: string;
}

/** What a teacher's coupons brought in, by currency; the id is the teacher's. */
export interface TeacherRevenueDocument extends Document {
  readonly amounts: readonly { readonly currency: string; readonly amount: string }[];
}

export const teacherCoupons = collection<TeacherCouponDocument>({
  projection: 'teacher-coupons',
  name: 'teacherCoupons',
  numbered: true,
  indexes: [{ number: 1 }, { teacherId: 1, withdrawn: 1, number: -1 }],
});

export const couponUses = collection<CouponUseDocument>({
  projection: 'teacher-coupons',
  name: 'couponUses',
  numbered: true,
  indexes: [{ teacherId: 1, number: -1 }],
});

export const teacherRevenues = collection<TeacherRevenueDocument>({ projection: 'teacher-coupons', name: 'teacherRevenues', indexes: [] });
