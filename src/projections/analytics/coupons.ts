import { subtractMoney } from '../../domain/kernel/money.js';
import { rule, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import type { Change } from './cells.js';
import { counted, countedBy } from './counting.js';
import { figureCoupons, figureCourses, type CountName, type FigureCourse } from './document.js';
import { couponPlace, everywhere, placesOf, surfacePlace, type Place } from './places.js';

interface OfCoupon {
  readonly data: { readonly code: string };
}

const once = (name: CountName) => (): Change => ({ counts: { [name]: 1 } });

/** A use by a payment: which courses it is for is not known before the payment is. */
const ofUse = ({ data }: OfCoupon): readonly Place[] => [everywhere, couponPlace(data.code)];

type Access = RecordOf<'CouponUsedForAccess' | 'CouponUseForAccessReversed'>;

const ofAccess = ({ data: { code, courseId, teacherId } }: Access, [course]: readonly FigureCourse[]): readonly Place[] => [
  ...placesOf([{ courseId, instructorId: teacherId, organizationId: course?.organizationId ?? null }]),
  couponPlace(code),
  surfacePlace('edupro'),
];

const worth = ({ data: { price, currency } }: Access, name: CountName, sign: 1 | -1): Change => ({
  counts: { [name]: 1 },
  money: { currency, amounts: { accessGiven: sign === 1 ? price : subtractMoney('0', price) } },
});

const courseLookup = { collection: figureCourses, ids: ({ data }: Access): string => data.courseId };

export const ofCoupons: readonly ProjectionRule[] = [
  rule(figureCoupons, 'CouponIssued', ({ data }) => data.code, (known, { data: { code, issuedBy } }) => known ?? { id: code, issuedBy }),
  counted('CouponReserved', { at: ({ data }) => data.reservedAt, places: ofUse, change: once('couponsReserved') }),
  counted('CouponRedeemed', { at: ({ data }) => data.redeemedAt, places: ofUse, change: once('couponsRedeemed') }),
  counted('CouponReleased', { at: ({ data }) => data.releasedAt, places: ofUse, change: once('couponsReleased') }),
  counted('CouponRedemptionReversed', { at: ({ data }) => data.reversedAt, places: ofUse, change: once('couponsReversed') }),
  countedBy('CouponUsedForAccess', courseLookup, { at: ({ data }) => data.usedAt, places: ofAccess, change: (event) => worth(event, 'couponsUsedForAccess', 1) }),
  countedBy('CouponUseForAccessReversed', courseLookup, { at: ({ data }) => data.reversedAt, places: ofAccess, change: (event) => worth(event, 'couponAccessReversed', -1) }),
];
