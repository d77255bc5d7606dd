import t from 'tap';
import type { DiscountTerms } from '../../src/domain/coupon/events.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { couponsProjection } from '../../src/projections/coupons/projection.js';
import { couponByCode, couponById, listCoupons } from '../../src/projections/coupons/queries.js';
import { Projected, recorded } from './projected.js';

const at = '2026-02-01T10:00:00.000Z';
const terms: DiscountTerms = {
  kind: 'platform_wide',
  courseId: null,
  benefit: { type: 'percentage', percent: '20' },
  applicableOn: 'both',
  maxUses: 10,
  expiresAt: null,
};
const coupon = { couponId: 'c1', code: 'SPRING' };
const use = (paymentId: string) => ({ ...coupon, paymentId, accountId: 'sam' });
const issued = (couponId = 'c1', code = 'SPRING', issuedBy = 'admin', issuedAt = at): DomainEvent => ({
  type: 'CouponIssued',
  data: { couponId, code, terms, issuedBy, issuedAt },
});
const reserved = (paymentId: string): DomainEvent => ({
  type: 'CouponReserved',
  data: { ...use(paymentId), discount: '2.00', currency: 'USD', holdUntil: at, reservedAt: at },
});
const redeemed = (paymentId: string): DomainEvent => ({ type: 'CouponRedeemed', data: { ...use(paymentId), redeemedAt: at } });
const projected = (...events: readonly DomainEvent[]) =>
  new Projected(couponsProjection, recorded(events.map((event) => ['coupon-SPRING', event])));

t.test('a code is found by its id and by itself', async (t) => {
  const readModels = projected(issued());
  t.match(await couponById(readModels, 'c1'), { id: 'c1', code: 'SPRING', terms, createdBy: 'admin', withdrawn: false });
  t.match(await couponByCode(readModels, 'SPRING'), { id: 'c1' });
  t.equal(await couponByCode(readModels, 'AUTUMN'), undefined);
});

t.test('uses are counted as held or spent, and are free again when they are given back', async (t) => {
  const counts = async (...events: readonly DomainEvent[]) => {
    const found = await couponById(projected(issued(), ...events), 'c1');
    return [found?.reservedCount, found?.usedCount];
  };
  t.same(await counts(reserved('p1'), reserved('p2')), [2, 0]);
  t.same(await counts(reserved('p1'), reserved('p2'), redeemed('p1')), [1, 1]);
  t.same(await counts(reserved('p1'), { type: 'CouponReleased', data: { ...use('p1'), reason: 'payment-declined', releasedAt: at } }), [0, 0]);
  const reversed: DomainEvent = { type: 'CouponRedemptionReversed', data: { ...use('p1'), reason: 'refund', reversedAt: at } };
  t.same(await counts(reserved('p1'), redeemed('p1'), reversed), [0, 0]);
});

t.test('changed terms replace the old ones, and a withdrawn code says so', async (t) => {
  const changed = { ...terms, maxUses: 3 };
  const readModels = projected(
    issued(),
    { type: 'CouponTermsChanged', data: { ...coupon, terms: changed, changedAt: '2026-02-02T10:00:00.000Z' } },
    { type: 'CouponWithdrawn', data: { ...coupon, withdrawnAt: '2026-02-03T10:00:00.000Z' } },
  );
  t.match(await couponById(readModels, 'c1'), {
    terms: changed,
    withdrawn: true,
    createdAt: at,
    updatedAt: '2026-02-03T10:00:00.000Z',
  });
});

t.test('lists are newest first, and can be of one issuer', async (t) => {
  const readModels = projected(
    issued('c1', 'ONE', 'ada', '2026-02-01T10:00:00.000Z'),
    issued('c2', 'TWO', 'bob', '2026-02-02T10:00:00.000Z'),
    issued('c3', 'THREE', 'ada', '2026-02-03T10:00:00.000Z'),
  );
  const page = { skip: 0, limit: 2 };
  const all = await listCoupons(readModels, page);
  t.same([all.discounts.map(({ id }) => id), all.total], [['c3', 'c2'], 3]);
  const own = await listCoupons(readModels, { ...page, createdBy: 'ada' });
  t.same([own.discounts.map(({ id }) => id), own.total], [['c3', 'c1'], 2]);
});

t.test('what happens to a code that nobody knows makes no document', async (t) => {
  t.same(projected(reserved('p1'), redeemed('p1')).contents(), {});
});
