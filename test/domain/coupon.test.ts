import t from 'tap';
import { couponDecider, usesInHand, type CouponCommand, type ReserveCoupon } from '../../src/domain/coupon/decider.js';
import type { CouponEvent, DiscountTerms } from '../../src/domain/coupon/events.js';
import { given, stateAfter } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const holdUntil = '2026-03-01T12:15:00.000Z';
const coupon = { couponId: 'coupon-1', code: 'SPRING' };
const terms: DiscountTerms = {
  kind: 'platform_wide',
  courseId: null,
  benefit: { type: 'percentage', percent: '10' },
  applicableOn: 'both',
  maxUses: 2,
  expiresAt: '2026-04-01T00:00:00.000Z',
};
const issued = (changes: Partial<DiscountTerms> = {}): CouponEvent => {
  return { type: 'CouponIssued', data: { ...coupon, terms: { ...terms, ...changes }, issuedBy: 'admin', issuedAt: at } };
};
const withdrawn: CouponEvent = { type: 'CouponWithdrawn', data: { ...coupon, withdrawnAt: at } };
const termsChanged = (changes: Partial<DiscountTerms>): CouponEvent => {
  return { type: 'CouponTermsChanged', data: { ...coupon, terms: { ...terms, ...changes }, changedAt: at } };
};

const use = (paymentId: string) => ({ ...coupon, paymentId, accountId: 'student' });
const reserved = (paymentId: string): CouponEvent => {
  return { type: 'CouponReserved', data: { ...use(paymentId), discount: '2.00', currency: 'EUR', holdUntil, reservedAt: at } };
};
const redeemed = (paymentId: string): CouponEvent => ({ type: 'CouponRedeemed', data: { ...use(paymentId), redeemedAt: at } });
const released = (paymentId: string): CouponEvent => {
  return { type: 'CouponReleased', data: { ...use(paymentId), reason: 'declined', releasedAt: at } };
};
const reversed = (paymentId: string): CouponEvent => {
  return { type: 'CouponRedemptionReversed', data: { ...use(paymentId), reason: 'refunded', reversedAt: at } };
};

const issue = (changes: Partial<DiscountTerms> = {}, code = 'SPRING', couponId = 'coupon-1'): CouponCommand => {
  return { type: 'IssueCoupon', data: { couponId, code, terms: { ...terms, ...changes }, issuedBy: 'admin', at } };
};
const change = (changes: Partial<DiscountTerms>): CouponCommand => {
  return { type: 'ChangeCouponTerms', data: { terms: { ...terms, ...changes }, at } };
};
const withdraw: CouponCommand = { type: 'WithdrawCoupon', data: { at } };
const lines = [{ courseId: 'course', listPrice: '20.00' }];
const reserve = (paymentId: string, changes: Partial<ReserveCoupon> = {}): CouponCommand => {
  const wanted = { paymentId, accountId: 'student', lines, currency: 'EUR', expectedDiscount: '2.00', holdUntil, at };
  return { type: 'ReserveCoupon', data: { ...wanted, ...changes } };
};
const redeem = (paymentId: string): CouponCommand => ({ type: 'RedeemCoupon', data: { paymentId, at } });
const release = (paymentId: string): CouponCommand => ({ type: 'ReleaseCoupon', data: { paymentId, reason: 'declined', at } });
const reverse = (paymentId: string): CouponCommand => {
  return { type: 'ReverseCouponRedemption', data: { paymentId, reason: 'refunded', at } };
};

t.test('issuing', async (t) => {
  t.test('a code is issued with its terms', async () => {
    given(couponDecider).when(issue()).then([issued()]);
  });
  t.test('issuing the same coupon again changes nothing', async () => {
    given(couponDecider, [issued()]).when(issue()).thenNothing();
  });
  t.test('a code belongs to one coupon, also after it was withdrawn', async () => {
    given(couponDecider, [issued(), withdrawn]).when(issue({}, 'SPRING', 'coupon-2')).thenRefused('coupon-code-taken');
  });
  t.test('a code is upper case, without blanks, 1 to 64 characters', async () => {
    for (const code of ['spring', 'SPRING 26', '', 'A'.repeat(65)]) {
      given(couponDecider).when(issue({}, code)).thenRefused('coupon-code-invalid');
    }
  });
  t.test('a percentage is above 0 and at most 100', async () => {
    for (const percent of ['0', '-1', '100.01', 'ten']) {
      const refused = { reason: 'percentage-out-of-range' };
      given(couponDecider).when(issue({ benefit: { type: 'percentage', percent } })).thenRefused('coupon-terms-invalid', refused);
    }
    const all: Partial<DiscountTerms> = { benefit: { type: 'percentage', percent: '100' } };
    given(couponDecider).when(issue(all)).then([issued(all)]);
  });
  t.test('a fixed amount is positive and exact in its currency', async () => {
    for (const [amount, currency] of [['0.00', 'EUR'], ['-1.00', 'EUR'], ['1.001', 'EUR'], ['1.5', 'JPY']] as const) {
      const refused = { reason: 'amount-not-positive-or-too-precise' };
      given(couponDecider).when(issue({ benefit: { type: 'fixed', amount, currency } })).thenRefused('coupon-terms-invalid', refused);
    }
    const fixed: Partial<DiscountTerms> = { benefit: { type: 'fixed', amount: '5.00', currency: 'EUR' } };
    given(couponDecider).when(issue(fixed)).then([issued(fixed)]);
  });
  t.test('a course_specific coupon names its course, a platform_wide one names none', async () => {
    given(couponDecider).when(issue({ kind: 'course_specific' })).thenRefused('coupon-terms-invalid', { reason: 'course-missing' });
    given(couponDecider).when(issue({ courseId: 'c' })).thenRefused('coupon-terms-invalid', { reason: 'course-not-wanted' });
  });
  t.test('a limit is a positive whole number, or none', async () => {
    for (const maxUses of [0, -1, 1.5]) {
      given(couponDecider).when(issue({ maxUses })).thenRefused('coupon-terms-invalid', { reason: 'limit-not-positive' });
    }
    given(couponDecider).when(issue({ maxUses: null })).then([issued({ maxUses: null })]);
  });
});

t.test('nothing can be done with a code that was not issued', async () => {
  for (const command of [change({}), withdraw, reserve('p'), redeem('p'), release('p'), reverse('p')]) {
    given(couponDecider).when(command).thenRefused('coupon-not-issued');
  }
});

t.test('changing and withdrawing', async (t) => {
  t.test('terms change as a whole', async () => {
    given(couponDecider, [issued()]).when(change({ maxUses: 5 })).then([termsChanged({ maxUses: 5 })]);
  });
  t.test('the same terms again are no change', async () => {
    given(couponDecider, [issued()]).when(change({})).thenNothing();
  });
  t.test('invalid terms are refused', async () => {
    given(couponDecider, [issued()]).when(change({ maxUses: 0 })).thenRefused('coupon-terms-invalid', { reason: 'limit-not-positive' });
  });
  t.test('the limit cannot be lowered below the uses in hand, held ones included', async () => {
    const history = [issued(), reserved('p1'), redeemed('p1'), reserved('p2')];
    given(couponDecider, history).when(change({ maxUses: 1 })).thenRefused('coupon-limit-below-uses', { maxUses: 1, uses: 2 });
    given(couponDecider, [...history, released('p2')]).when(change({ maxUses: 1 })).then([termsChanged({ maxUses: 1 })]);
  });
  t.test('a withdrawn coupon is not changed', async () => {
    given(couponDecider, [issued(), withdrawn]).when(change({ maxUses: 5 })).thenRefused('coupon-withdrawn');
  });
  t.test('a coupon is withdrawn once', async () => {
    given(couponDecider, [issued()]).when(withdraw).then([withdrawn]);
    given(couponDecider, [issued(), withdrawn]).when(withdraw).thenNothing();
  });
});

t.test('reserving', async (t) => {
  t.test('a payment holds a use, with the discount that it was quoted', async () => {
    given(couponDecider, [issued()]).when(reserve('p')).then([reserved('p')]);
  });
  t.test('a payment holds a coupon at most once', async () => {
    given(couponDecider, [issued(), reserved('p')]).when(reserve('p')).thenNothing();
    given(couponDecider, [issued(), reserved('p'), redeemed('p')]).when(reserve('p')).thenNothing();
  });
  t.test('a repeat is no refusal, even when nobody else could reserve any more', async () => {
    given(couponDecider, [issued({ maxUses: 1 }), reserved('p')]).when(reserve('p')).thenNothing();
    given(couponDecider, [issued(), reserved('p'), withdrawn]).when(reserve('p')).thenNothing();
  });
  t.test('a late duplicate does not take a use for a payment that has ended', async () => {
    given(couponDecider, [issued(), reserved('p'), released('p')]).when(reserve('p')).thenRefused('payment-already-ended');
    const refunded = [issued(), reserved('p'), redeemed('p'), reversed('p')];
    given(couponDecider, refunded).when(reserve('p')).thenRefused('payment-already-ended');
  });
  t.test('a withdrawn coupon is refused', async () => {
    given(couponDecider, [issued(), withdrawn]).when(reserve('p')).thenRefused('coupon-withdrawn');
  });
  t.test('an expired coupon is refused from that moment on', async () => {
    const expiresAt = '2026-03-01T12:00:00.000Z';
    given(couponDecider, [issued({ expiresAt })]).when(reserve('p')).thenRefused('coupon-expired', { expiresAt });
  });
  t.test('pitfall 1: the limit counts what is reserved and what is redeemed', async () => {
    given(couponDecider, [issued(), reserved('p1'), reserved('p2')]).when(reserve('p3')).thenRefused('coupon-exhausted');
    const spent = [issued(), reserved('p1'), redeemed('p1'), reserved('p2')];
    given(couponDecider, spent).when(reserve('p3')).thenRefused('coupon-exhausted');
  });
  t.test('pitfall 2: what a limit counts is the coupon, however often its terms changed', async () => {
    const history = [issued(), reserved('p1'), termsChanged({ expiresAt: null }), reserved('p2')];
    given(couponDecider, history).when(reserve('p3')).thenRefused('coupon-exhausted');
  });
  t.test('a raised limit makes room', async () => {
    const history = [issued({ maxUses: 1 }), reserved('p1'), termsChanged({ maxUses: 2 })];
    given(couponDecider, history).when(reserve('p2')).then([reserved('p2')]);
  });
  t.test('pitfall 7: a released or reversed use is free again', async () => {
    const one = issued({ maxUses: 1 });
    given(couponDecider, [one, reserved('p1'), released('p1')]).when(reserve('p2')).then([reserved('p2')]);
    const history = [one, reserved('p1'), redeemed('p1'), reversed('p1')];
    given(couponDecider, history).when(reserve('p2')).then([reserved('p2')]);
  });
  t.test('a coupon that does not apply to the purchase is refused', async () => {
    const history = [issued({ kind: 'course_specific', courseId: 'other' })];
    const details = { reason: 'course-not-bought', courseId: 'other' };
    given(couponDecider, history).when(reserve('p')).thenRefused('coupon-not-applicable', details);
  });
  t.test('a fixed amount of another currency is refused', async () => {
    const history = [issued({ benefit: { type: 'fixed', amount: '5.00', currency: 'USD' } })];
    given(couponDecider, history).when(reserve('p')).thenRefused('currency-mismatch', { expected: 'USD', found: 'EUR' });
  });
  t.test('pitfall 13: a discount other than the one quoted is refused with the right one', async () => {
    const history = [issued(), termsChanged({ benefit: { type: 'percentage', percent: '25' } })];
    given(couponDecider, history).when(reserve('p')).thenRefused('quote-changed', { discount: '5.00', currency: 'EUR' });
  });
});

t.test('redeeming', async (t) => {
  t.test('a held use is spent', async () => {
    given(couponDecider, [issued(), reserved('p')]).when(redeem('p')).then([redeemed('p')]);
  });
  t.test('pitfall 4: a payment that takes two steps spends one use', async () => {
    const history = [issued(), reserved('p'), redeemed('p')];
    given(couponDecider, history).when(redeem('p')).thenNothing();
    t.match(stateAfter(couponDecider, history), { reserved: 0, redeemed: 1 });
  });
  t.test('a held use is good after withdrawal, expiry and changed terms', async () => {
    given(couponDecider, [issued(), reserved('p'), withdrawn]).when(redeem('p')).then([redeemed('p')]);
    const changed = termsChanged({ expiresAt: '2026-01-01T00:00:00.000Z', maxUses: 1 });
    given(couponDecider, [issued(), reserved('p'), changed]).when(redeem('p')).then([redeemed('p')]);
  });
  t.test('only a use that was reserved can be spent', async () => {
    given(couponDecider, [issued()]).when(redeem('p')).thenRefused('coupon-not-reserved');
  });
  t.test('pitfall 3: what was released is not spent afterwards, and what was spent is not released', async () => {
    given(couponDecider, [issued(), reserved('p'), released('p')]).when(redeem('p')).thenRefused('payment-already-ended');
    given(couponDecider, [issued(), reserved('p'), redeemed('p')]).when(release('p')).thenNothing();
  });
});

t.test('releasing and reversing', async (t) => {
  t.test('a held use is released once', async () => {
    given(couponDecider, [issued(), reserved('p')]).when(release('p')).then([released('p')]);
    given(couponDecider, [issued(), reserved('p'), released('p')]).when(release('p')).thenNothing();
  });
  t.test('a use that is held can be released after the coupon was withdrawn', async () => {
    given(couponDecider, [issued(), reserved('p'), withdrawn]).when(release('p')).then([released('p')]);
  });
  t.test('releasing what was never held changes nothing', async () => {
    given(couponDecider, [issued()]).when(release('p')).thenNothing();
  });
  t.test('a spent use is reversed once', async () => {
    const spent = [issued(), reserved('p'), redeemed('p')];
    given(couponDecider, spent).when(reverse('p')).then([reversed('p')]);
    given(couponDecider, [...spent, reversed('p')]).when(reverse('p')).thenNothing();
  });
  t.test('only a spent use is reversed; a released one is free already', async () => {
    given(couponDecider, [issued()]).when(reverse('p')).thenRefused('coupon-not-redeemed');
    given(couponDecider, [issued(), reserved('p')]).when(reverse('p')).thenRefused('coupon-not-redeemed');
    given(couponDecider, [issued(), reserved('p'), released('p')]).when(reverse('p')).thenNothing();
  });
});

t.test('the fold counts the uses in hand, and a repeated event counts once', async (t) => {
  const history = [issued(), reserved('p1'), reserved('p2'), redeemed('p1'), redeemed('p1'), released('p2'), released('p2')];
  const state = stateAfter(couponDecider, history);
  t.match(state, { status: 'issued', reserved: 0, redeemed: 1 });
  t.equal(state.status === 'not-issued' ? undefined : usesInHand(state), 1);
  t.strictSame(stateAfter(couponDecider, [reserved('p1')]), { status: 'not-issued' }, 'before the coupon exists nothing is folded');
});

t.test('issue 9.0: uses that are kept packed, by UUID, are decided as any other', async () => {
  const ids = { paymentId: '0f8fad5b-d9cb-469f-a165-70867728950e', accountId: 'c9bf9e57-1685-4c89-bafb-ff5af830be8a' };
  const of = <Event extends CouponEvent>(event: Event): Event => ({ ...event, data: { ...event.data, ...ids } });
  const { paymentId } = ids;
  const spent = [issued(), of(reserved(paymentId)), of(redeemed(paymentId))];
  given(couponDecider, spent).when(redeem(paymentId)).thenNothing();
  given(couponDecider, spent).when(reserve(paymentId)).thenNothing();
  given(couponDecider, spent).when(release(paymentId)).thenNothing();
  given(couponDecider, spent).when(reverse(paymentId)).then([of(reversed(paymentId))]);
  for (const ended of [[...spent, of(reversed(paymentId))], [...spent.slice(0, 2), of(released(paymentId))]]) {
    given(couponDecider, ended).when(reserve(paymentId)).thenRefused('payment-already-ended');
    given(couponDecider, ended).when(redeem(paymentId)).thenRefused('payment-already-ended');
    given(couponDecider, ended).when(reverse(paymentId)).thenNothing();
    given(couponDecider, ended).when(release(paymentId)).thenNothing();
  }
});
