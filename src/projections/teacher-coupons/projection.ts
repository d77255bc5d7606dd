import { addMoney, subtractMoney, zero } from '../../domain/kernel/money.js';
import { projection, rule, type RecordOf } from '../kernel/projection.js';
import { couponUses, teacherCoupons, teacherRevenues, type TeacherRevenueDocument } from './document.js';

type Use = RecordOf<'CouponUsedForAccess' | 'CouponUseForAccessReversed'>;

const couponOf = ({ data }: { readonly data: { readonly couponId: string } }): string => data.couponId;
const useOf = ({ data }: Use): string => data.useId;
const teacherOf = ({ data }: Use): string => data.teacherId;

const counted = (eventType: Use['type'], change: 1 | -1) =>
  rule(teacherCoupons, eventType, couponOf, (coupon) => coupon && { ...coupon, uses: coupon.uses + change });

const worth = (eventType: Use['type'], add: (before: string, price: string) => string) =>
  rule(teacherRevenues, eventType, teacherOf, (known, { data: { price, currency } }, id): TeacherRevenueDocument => {
    const amounts = known?.amounts ?? [];
    const before = amounts.find((one) => one.currency === currency)?.amount ?? zero(currency);
    const others = amounts.filter((one) => one.currency !== currency);
    return { id, amounts: [...others, { currency, amount: add(before, price) }].toSorted((one, other) => (one.currency < other.currency ? -1 : 1)) };
  });

export const teacherCouponsProjection = projection({
  name: 'teacher-coupons',
  version: 1,
  collections: [teacherCoupons, couponUses, teacherRevenues],
  rules: [
    rule(teacherCoupons, 'CouponIssued', couponOf, (_, { data }, id, number) => {
      const { code, terms, issuedBy, issuedAt } = data;
      return terms.kind === 'teacher' ? { id, number, code, teacherId: issuedBy, terms, uses: 0, withdrawn: false, createdAt: issuedAt } : undefined;
    }),
    rule(teacherCoupons, 'CouponTermsChanged', couponOf, (coupon, { data: { terms } }) =>
      coupon && terms.kind === 'teacher' ? { ...coupon, terms } : coupon),
    rule(teacherCoupons, 'CouponWithdrawn', couponOf, (coupon) => coupon && { ...coupon, withdrawn: true }),
    counted('CouponUsedForAccess', 1),
    counted('CouponUseForAccessReversed', -1),
    rule(couponUses, 'CouponUsedForAccess', useOf, (_, { data }, id, number) => {
      const { couponId, teacherId, accountId: studentId, courseId, moduleId, price, currency, usedAt } = data;
      return { id, number, couponId, teacherId, studentId, courseId, moduleId, price, currency, usedAt };
    }),
    rule(couponUses, 'CouponUseForAccessReversed', useOf, () => undefined),
    worth('CouponUsedForAccess', addMoney),
    worth('CouponUseForAccessReversed', subtractMoney),
  ],
});
