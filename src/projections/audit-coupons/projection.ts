import type { CouponTerms } from '../../domain/coupon/events.js';
import { addMoney, subtractMoney } from '../../domain/kernel/money.js';
import { facet, withValue } from '../kernel/facets.js';
import { lookingUp, projection, rule, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import { auditedCoupons, auditedUses, type AuditedCoupon, type AuditedUse, type UseCounts } from './document.js';

type Facts = Omit<AuditedCoupon, 'facets' | 'status' | 'value' | 'currency'> & { readonly withdrawn: boolean };
type Use = 'CouponReserved' | 'CouponRedeemed' | 'CouponReleased' | 'CouponRedemptionReversed' | 'CouponUsedForAccess' | 'CouponUseForAccessReversed';

const worthOf = ({ benefit }: CouponTerms): { readonly value: number; readonly currency: string | null } => {
  if (benefit.type === 'percentage') return { value: Number(benefit.percent), currency: null };
  return { value: Number(benefit.type === 'fixed' ? benefit.amount : benefit.price), currency: benefit.currency };
};

const audited = ({ withdrawn, ...facts }: Facts): AuditedCoupon => {
  const { code, issuedBy, terms, actorIds, reasons } = facts;
  const isDisabled = terms.kind === 'teacher' && (!terms.isActive || terms.status === 'disabled');
  const status = withdrawn ? 'withdrawn' : isDisabled ? 'disabled' : 'issued';
  const worth = worthOf(terms);
  const courseId = terms.kind === 'teacher' ? null : terms.courseId;
  const facets = [
    facet('code', code),
    facet('issuer', issuedBy),
    ...actorIds.map((id) => facet('actor', id)),
    ...(courseId === null ? [] : [facet('course', courseId)]),
    ...reasons.map((reason) => facet('reason', reason)),
    facet('status', status),
    ...(worth.currency === null ? [] : [facet('currency', worth.currency)]),
  ];
  return { ...facts, ...worth, status, facets };
};

const again = (coupon: AuditedCoupon, changes: Partial<Facts>): AuditedCoupon => audited({ ...coupon, withdrawn: coupon.status === 'withdrawn', ...changes });

const couponIdOf = ({ data }: { data: { readonly couponId: string } }): string => data.couponId;

const useIdOf = ({ data }: RecordOf<Use>): string => `${data.couponId}/${'paymentId' in data ? data.paymentId : data.useId}`;

const issued = ({ stream, data, metadata }: RecordOf<'CouponIssued'>): AuditedCoupon =>
  audited({
    id: data.couponId,
    stream,
    at: data.issuedAt,
    code: data.code,
    issuedBy: data.issuedBy,
    terms: data.terms,
    withdrawn: false,
    uses: { reserved: 0, redeemed: 0, released: 0, reversed: 0 },
    given: {},
    actorIds: withValue([], metadata.actorId),
    reasons: [],
    correlationId: metadata.correlationId,
    updatedAt: data.issuedAt,
  });

const given = ({ given: so }: AuditedCoupon, use: AuditedUse | undefined, sign: 1 | 0 | -1): AuditedCoupon['given'] => {
  if (use === undefined || sign === 0) return so;
  const before = so[use.currency] ?? '0';
  return { ...so, [use.currency]: sign === 1 ? addMoney(before, use.amount) : subtractMoney(before, use.amount) };
};

/** `change`: by how much each count changes; `sign`: whether what the use is worth is given or taken back. */
const used = (type: Use, change: Partial<UseCounts>, sign: 1 | 0 | -1): ProjectionRule =>
  lookingUp(auditedCoupons, type, { collection: auditedUses, ids: useIdOf }, (event) => [event.data.couponId], (coupon, event, [use]) => {
    if (coupon === undefined) return coupon;
    const { uses } = coupon;
    const count = (name: keyof UseCounts): number => uses[name] + (change[name] ?? 0);
    const reason = 'reason' in event.data ? event.data.reason : null;
    return again(coupon, {
      uses: { reserved: count('reserved'), redeemed: count('redeemed'), released: count('released'), reversed: count('reversed') },
      given: given(coupon, use, sign),
      reasons: withValue(coupon.reasons, reason),
      updatedAt: event.metadata.occurredAt,
    });
  });

/** Coupons and their uses, as they are searched for. */
export const auditCouponsProjection = projection({
  name: 'audit-coupons',
  version: 1,
  batched: true,
  collections: [auditedUses, auditedCoupons],
  rules: [
    rule(auditedUses, 'CouponReserved', useIdOf, (_, { data }, id) => ({ id, couponId: data.couponId, accountId: data.accountId, amount: data.discount, currency: data.currency })),
    rule(auditedUses, 'CouponUsedForAccess', useIdOf, (_, { data }, id) => ({ id, couponId: data.couponId, accountId: data.accountId, amount: data.price, currency: data.currency })),
    rule(auditedCoupons, 'CouponIssued', couponIdOf, (coupon, event) => coupon ?? issued(event)),
    rule(auditedCoupons, 'CouponTermsChanged', couponIdOf, (coupon, { data, metadata }) =>
      coupon && again(coupon, { terms: data.terms, actorIds: withValue(coupon.actorIds, metadata.actorId), updatedAt: data.changedAt })),
    rule(auditedCoupons, 'CouponWithdrawn', couponIdOf, (coupon, { data, metadata }) =>
      coupon && again(coupon, { withdrawn: true, actorIds: withValue(coupon.actorIds, metadata.actorId), updatedAt: data.withdrawnAt })),
    used('CouponReserved', { reserved: 1 }, 0),
    used('CouponRedeemed', { reserved: -1, redeemed: 1 }, 1),
    used('CouponReleased', { reserved: -1, released: 1 }, 0),
    used('CouponRedemptionReversed', { redeemed: -1, reversed: 1 }, -1),
    used('CouponUsedForAccess', { redeemed: 1 }, 1),
    used('CouponUseForAccessReversed', { redeemed: -1, reversed: 1 }, -1),
  ],
});
