import type { Static } from 'typebox';
import { isExpired } from '../../../domain/pricing.js';
import type { PersonDocument } from '../../../projections/people/queries.js';
import type { CouponUseDocument, TeacherCouponDocument } from '../../../projections/teacher-coupons/queries.js';
import { twoPlaces } from '../decimals.js';
import type { Coupon, COUPON_STATUSES, UsedCoupon } from './schemas.js';

type Status = (typeof COUPON_STATUSES)[number];

const statusOf = ({ terms, uses }: TeacherCouponDocument, now: Date): Status => {
  if (terms.status === 'disabled') return 'disabled';
  if (uses >= terms.maxUses) return 'used';
  return isExpired(terms, now.toISOString()) ? 'expired' : 'available';
};

/** `teacher`: the number of the coupon's teacher. */
export const presentCoupon = (coupon: TeacherCouponDocument, teacher: number, now: Date): Static<typeof Coupon> => ({
  id: coupon.number,
  teacher,
  code: coupon.code,
  status: statusOf(coupon, now),
  max_uses: coupon.terms.maxUses,
  used_count: coupon.uses,
  expiration_date: coupon.terms.expiresAt,
  price: twoPlaces(coupon.terms.benefit.price),
  is_active: coupon.terms.isActive,
  date: coupon.createdAt,
});

export interface UseShown {
  readonly use: CouponUseDocument;
  readonly coupon: TeacherCouponDocument;
  readonly student: PersonDocument | undefined;
  readonly courseTitle: string | null;
  readonly moduleTitle: string | null;
}

export const presentUse = ({ use, coupon, student, courseTitle, moduleTitle }: UseShown, now: Date): Static<typeof UsedCoupon> => ({
  id: use.number,
  coupon: { id: coupon.number, code: coupon.code, price: twoPlaces(use.price), status: statusOf(coupon, now) },
  student: {
    user: {
      id: student?.number ?? 0,
      first_name: student?.fullName.firstName ?? '',
      last_name: student?.fullName.lastName ?? '',
      email: student?.email ?? '',
    },
    full_name: student?.name ?? '',
  },
  used_at: use.usedAt,
  course: use.moduleId === null ? courseTitle : null,
  module: use.moduleId === null ? null : moduleTitle,
});
