import t from 'tap';
import type { AccessChanges, UseForAccess } from '../../src/domain/coupon/access.js';
import { couponDecider, isAccessCoupon, usesInHand, type CouponCommand } from '../../src/domain/coupon/decider.js';
import type { AccessTerms, CouponEvent, DiscountTerms } from '../../src/domain/coupon/events.js';
import { given, stateAfter } from './decider-specification.js';
import { fc } from '../fixtures/properties.js';

const at = '2026-03-01T12:00:00.000Z';
const coupon = { couponId: 'coupon-1', code: 'SOLD234567' };
const price = { price: '9.50', currency: 'EUR' };
const terms: AccessTerms = {
  kind: 'teacher',
  benefit: { type: 'access', ...price },
  status: 'available',
  isActive: true,
  maxUses: 1,
  expiresAt: '2027-03-01T12:00:00.000Z',
};
const discount: DiscountTerms = { kind: 'platform_wide', courseId: null, benefit: { type: 'percentage', percent: '10' }, applicableOn: 'both', maxUses: 2, expiresAt: null };

const issued = (changes: Partial<AccessTerms> = {}): CouponEvent => ({ type: 'CouponIssued', data: { ...coupon, terms: { ...terms, ...changes }, issuedBy: 'teacher', issuedAt: at } });
const issuedDiscount: CouponEvent = { type: 'CouponIssued', data: { ...coupon, terms: discount, issuedBy: 'teacher', issuedAt: at } };
const withdrawn: CouponEvent = { type: 'CouponWithdrawn', data: { ...coupon, withdrawnAt: at } };
const usedFor = { accountId: 'student', teacherId: 'teacher', courseId: 'course', moduleId: null };
const used = (useId: string): CouponEvent => ({ type: 'CouponUsedForAccess', data: { ...coupon, useId, ...usedFor, ...price, usedAt: at } });
const reversed = (useId: string): CouponEvent => {
  return { type: 'CouponUseForAccessReversed', data: { ...coupon, useId, ...usedFor, ...price, reason: 'already-enrolled', reversedAt: at } };
};

const issue = (changes: Partial<AccessTerms> = {}, couponId = 'coupon-1'): CouponCommand => {
  return { type: 'IssueCoupon', data: { ...coupon, couponId, terms: { ...terms, ...changes }, issuedBy: 'teacher', at } };
};
const change = (changes: AccessChanges): CouponCommand => ({ type: 'ChangeAccessTerms', data: { changes, at } });
const use = (useId: string, changes: Partial<UseForAccess> = {}): CouponCommand => ({ type: 'UseCouponForAccess', data: { useId, ...usedFor, at, ...changes } });
const reverse = (useId: string): CouponCommand => ({ type: 'ReverseUseForAccess', data: { useId, reason: 'already-enrolled', at } });
const withdraw: CouponCommand = { type: 'WithdrawCoupon', data: { at } };

t.test('a teacher sells a code', async (t) => {
  t.test('with its price, uses and end', async () => {
    given(couponDecider).when(issue()).then([issued()]);
    given(couponDecider, [issued()]).when(issue()).thenNothing();
    given(couponDecider, [issued()]).when(issue({}, 'coupon-2')).thenRefused('coupon-code-taken');
  });
  t.test('for nothing, too, but not for less, nor for what the currency has not', async () => {
    const gift = { benefit: { type: 'access', price: '0', currency: 'EUR' } } as const;
    given(couponDecider).when(issue(gift)).then([issued(gift)]);
    for (const [amount, currency] of [['-1', 'EUR'], ['1.001', 'EUR'], ['1.5', 'JPY']] as const) {
      const refused = { reason: 'amount-negative-or-too-precise' };
      given(couponDecider).when(issue({ benefit: { type: 'access', price: amount, currency } })).thenRefused('coupon-terms-invalid', refused);
    }
  });
  t.test('for at least one use', async () => {
    given(couponDecider).when(issue({ maxUses: 0 })).thenRefused('coupon-terms-invalid', { reason: 'limit-not-positive' });
  });
});

t.test('using', async (t) => {
  t.test('a use says what it was for, and what it was worth', async () => {
    given(couponDecider, [issued()]).when(use('u1')).then([used('u1')]);
    const module: CouponEvent = { type: 'CouponUsedForAccess', data: { ...coupon, useId: 'u1', ...usedFor, moduleId: 'module', ...price, usedAt: at } };
    given(couponDecider, [issued()]).when(use('u1', { moduleId: 'module' })).then([module]);
  });
  t.test('the same use is spent once', async () => {
    given(couponDecider, [issued(), used('u1')]).when(use('u1')).thenNothing();
    given(couponDecider, [issued(), used('u1'), withdrawn]).when(use('u1')).thenNothing();
  });
  t.test('each refusal', async () => {
    given(couponDecider).when(use('u1')).thenRefused('coupon-not-issued');
    given(couponDecider, [issued(), withdrawn]).when(use('u1')).thenRefused('coupon-withdrawn');
    given(couponDecider, [issued()]).when(use('u1', { teacherId: 'other' })).thenRefused('coupon-of-another-teacher');
    given(couponDecider, [issued({ isActive: false })]).when(use('u1')).thenRefused('coupon-not-active');
    given(couponDecider, [issued({ status: 'disabled' })]).when(use('u1')).thenRefused('coupon-disabled');
    given(couponDecider, [issued({ expiresAt: at })]).when(use('u1')).thenRefused('coupon-expired');
    given(couponDecider, [issued(), used('u1')]).when(use('u2')).thenRefused('coupon-exhausted');
    given(couponDecider, [issued(), used('u1'), reversed('u1')]).when(use('u1')).thenRefused('coupon-use-ended');
  });
  t.test('what was given back is free for others, once', async () => {
    given(couponDecider, [issued(), used('u1')]).when(reverse('u1')).then([reversed('u1')]);
    given(couponDecider, [issued(), used('u1'), reversed('u1')]).when(reverse('u1')).thenNothing();
    given(couponDecider, [issued()]).when(reverse('u1')).thenNothing();
    given(couponDecider, [issued(), used('u1'), reversed('u1')]).when(use('u2')).then([used('u2')]);
  });
});

t.test('changing and withdrawing', async (t) => {
  t.test('only what is named changes; uses keep their price', async () => {
    const dearer = { benefit: { type: 'access', price: '12.00', currency: 'EUR' }, maxUses: 3 } as const;
    const changed: CouponEvent = { type: 'CouponTermsChanged', data: { ...coupon, terms: { ...terms, ...dearer }, changedAt: at } };
    given(couponDecider, [issued(), used('u1')]).when(change({ price: '12.00', maxUses: 3 })).then([changed]);
    given(couponDecider, [issued(), used('u1'), changed]).when(reverse('u1')).then([reversed('u1')]);
  });
  t.test('the same terms again are no change', async () => {
    given(couponDecider, [issued()]).when(change({ price: '9.5', maxUses: 1 })).thenNothing();
    given(couponDecider, [issued()]).when(change({})).thenNothing();
  });
  t.test('each refusal', async () => {
    given(couponDecider, [issued()]).when(change({ maxUses: 0 })).thenRefused('coupon-terms-invalid', { reason: 'limit-not-positive' });
    given(couponDecider, [issued({ maxUses: 2 }), used('u1'), used('u2')]).when(change({ maxUses: 1 })).thenRefused('coupon-limit-below-uses', { maxUses: 1, uses: 2 });
    given(couponDecider, [issued(), withdrawn]).when(change({ maxUses: 2 })).thenRefused('coupon-withdrawn');
    given(couponDecider).when(change({})).thenRefused('coupon-not-issued');
  });
  t.test('a code is withdrawn once', async () => {
    given(couponDecider, [issued()]).when(withdraw).then([withdrawn]);
    given(couponDecider, [issued(), withdrawn]).when(withdraw).thenNothing();
  });
});

t.test('neither kind of coupon is there for what the other is for', async (t) => {
  const reserve = { paymentId: 'p', accountId: 's', lines: [{ courseId: 'course', listPrice: '20.00' }], currency: 'EUR', expectedDiscount: '2.00', holdUntil: at, at };
  const ofPayments: readonly CouponCommand[] = [
    { type: 'ReserveCoupon', data: reserve },
    { type: 'RedeemCoupon', data: { paymentId: 'u1', at } },
    { type: 'ReleaseCoupon', data: { paymentId: 'u1', reason: 'declined', at } },
    { type: 'ReverseCouponRedemption', data: { paymentId: 'u1', reason: 'refunded', at } },
    { type: 'ChangeCouponTerms', data: { terms: discount, at } },
  ];
  for (const command of ofPayments) {
    t.test(`${command.type} of a code that a teacher sells`, async () => {
      given(couponDecider, [issued(), used('u1')]).when(command).thenRefused('coupon-not-issued');
    });
  }
  for (const command of [use('u1'), reverse('u1'), change({ maxUses: 2 })]) {
    t.test(`${command.type} of a discount`, async () => {
      given(couponDecider, [issuedDiscount]).when(command).thenRefused('coupon-not-issued');
    });
  }
});

t.test('no sequence of commands spends more uses than there are, or counts one twice', async (t) => {
  const useIds = fc.constantFrom('u1', 'u2', 'u3', 'u4', 'u5');
  const commands = fc.array(
    fc.oneof(
      useIds.map((useId) => use(useId)),
      useIds.map((useId) => reverse(useId)),
      fc.integer({ min: 1, max: 4 }).map((maxUses) => change({ maxUses })),
      fc.boolean().map((isActive) => change({ isActive })),
    ),
    { maxLength: 60, size: 'max' },
  );
  fc.assert(
    fc.property(commands, (sent) => {
      const events: CouponEvent[] = [issued({ maxUses: 2 })];
      for (const command of sent) {
        const state = stateAfter(couponDecider, events);
        const decision = couponDecider.decide(command, state);
        if (decision.ok) events.push(...decision.events);
        const after = stateAfter(couponDecider, events);
        if (!isAccessCoupon(after)) return false;
        const spent = new Set<string>();
        for (const { type, data } of events) {
          if (type === 'CouponUsedForAccess') spent.add(data.useId);
          if (type === 'CouponUseForAccessReversed') spent.delete(data.useId);
        }
        if (usesInHand(after) !== spent.size || spent.size > after.terms.maxUses) return false;
      }
      return true;
    }),
    { numRuns: 200 },
  );
  t.pass();
});
