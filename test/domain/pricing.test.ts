import t from 'tap';
import type { DiscountTerms } from '../../src/domain/coupon/events.js';
import type { Quote } from '../../src/domain/payment/events.js';
import { sumMoney } from '../../src/domain/kernel/money.js';
import { couponDiscount, isConsistentQuote, isExpired, quote, type PricedCourse } from '../../src/domain/pricing.js';
import { quoteOf } from '../fixtures/quotes.js';
import { fc } from '../fixtures/properties.js';

const at = '2026-03-01T12:00:00.000Z';
const course = (courseId: string, price: string, currency = 'EUR'): PricedCourse => {
  return { courseId, title: `Course ${courseId}`, price, currency };
};
const tenPercent: DiscountTerms = {
  kind: 'platform_wide',
  courseId: null,
  benefit: { type: 'percentage', percent: '10' },
  applicableOn: 'both',
  maxUses: null,
  expiresAt: null,
};
const coupon = (changes: Partial<DiscountTerms> = {}) => ({ code: 'SPRING', terms: { ...tenPercent, ...changes } });
const fail = (): never => {
  throw new Error('there is no such line');
};
const amounts = (...wanted: Parameters<typeof quote>) => {
  const quoted = quote(...wanted);
  if (!quoted.ok) return quoted;
  const { lines, subtotal, discount, total } = quoted.quote;
  return { subtotal, discount, total, lines: lines.map((line) => line.discount) };
};

t.test('without a coupon the total is the sum of the list prices', async (t) => {
  t.strictSame(quote([course('a', '19.9'), course('b', '5')], null, 'EUR', at), {
    ok: true,
    quote: {
      lines: [
        { courseId: 'a', title: 'Course a', listPrice: '19.90', discount: '0.00', total: '19.90' },
        { courseId: 'b', title: 'Course b', listPrice: '5.00', discount: '0.00', total: '5.00' },
      ],
      subtotal: '24.90',
      discount: '0.00',
      total: '24.90',
      currency: 'EUR',
      couponCode: null,
    },
  });
});

t.test('a percentage is rounded once, on the whole, and its parts sum to it', async (t) => {
  const courses = ['a', 'b', 'c'].map((id) => course(id, '0.35'));
  t.strictSame(amounts(courses, coupon(), 'EUR', at), {
    subtotal: '1.05',
    discount: '0.11',
    total: '0.94',
    lines: ['0.04', '0.04', '0.03'],
  });
});

t.test('a percentage in a currency without minor units is rounded to whole ones', async (t) => {
  const taken = amounts([course('a', '1005', 'JPY')], coupon(), 'JPY', at);
  t.strictSame(taken, { subtotal: '1005', discount: '101', total: '904', lines: ['101'] });
});

t.test('a hundred percent makes the purchase free', async (t) => {
  const all = coupon({ benefit: { type: 'percentage', percent: '100' } });
  t.match(amounts([course('a', '19.90')], all, 'EUR', at), { discount: '19.90', total: '0.00' });
});

t.test('a fixed amount is spread over what it applies to', async (t) => {
  const fixed = coupon({ benefit: { type: 'fixed', amount: '10.00', currency: 'EUR' } });
  t.strictSame(amounts([course('a', '20.00'), course('b', '10.00')], fixed, 'EUR', at), {
    subtotal: '30.00',
    discount: '10.00',
    total: '20.00',
    lines: ['6.67', '3.33'],
  });
});

t.test('a fixed amount takes off at most what the courses cost', async (t) => {
  const fixed = coupon({ benefit: { type: 'fixed', amount: '50.00', currency: 'EUR' } });
  t.match(amounts([course('a', '20.00')], fixed, 'EUR', at), { discount: '20.00', total: '0.00' });
});

t.test('a fixed amount is taken off in its own currency only', async (t) => {
  const fixed = coupon({ benefit: { type: 'fixed', amount: '5.00', currency: 'USD' } });
  const details = { expected: 'USD', found: 'EUR' };
  t.strictSame(amounts([course('a', '20.00')], fixed, 'EUR', at), { ok: false, rejection: 'currency-mismatch', details });
});

t.test('a coupon for one course takes off its line only', async (t) => {
  const onlyB = coupon({ kind: 'course_specific', courseId: 'b' });
  t.strictSame(amounts([course('a', '20.00'), course('b', '10.00')], onlyB, 'EUR', at), {
    subtotal: '30.00',
    discount: '1.00',
    total: '29.00',
    lines: ['0.00', '1.00'],
  });
});

t.test('a coupon for one course is refused where that course is not bought', async (t) => {
  const onlyB = coupon({ kind: 'course_specific', courseId: 'b' });
  t.strictSame(amounts([course('a', '20.00')], onlyB, 'EUR', at), {
    ok: false,
    rejection: 'coupon-not-applicable',
    details: { reason: 'course-not-bought', courseId: 'b' },
  });
});

t.test('a single_only coupon is refused for a purchase of several courses', async (t) => {
  const single = coupon({ applicableOn: 'single_only' });
  t.match(amounts([course('a', '20.00')], single, 'EUR', at), { discount: '2.00' });
  t.strictSame(amounts([course('a', '20.00'), course('b', '1.00')], single, 'EUR', at), {
    ok: false,
    rejection: 'coupon-not-applicable',
    details: { reason: 'single-course-only' },
  });
});

t.test('a coupon that takes nothing off is refused, so that no use is spent for nothing', async (t) => {
  const refusal = { ok: false, rejection: 'coupon-not-applicable', details: { reason: 'nothing-to-take-off' } };
  t.strictSame(amounts([course('a', '0.00')], coupon(), 'EUR', at), refusal);
  t.strictSame(amounts([course('a', '0.04')], coupon(), 'EUR', at), refusal);
});

t.test('a coupon is good until the moment it expires, and not at it', async (t) => {
  const before = { ...tenPercent, expiresAt: '2026-03-01T12:00:00.001Z' };
  t.notOk(isExpired(before, at));
  t.notOk(isExpired(tenPercent, at));
  t.strictSame(amounts([course('a', '20.00')], coupon({ expiresAt: at }), 'EUR', at), {
    ok: false,
    rejection: 'coupon-expired',
    details: { expiresAt: at },
  });
});

t.test('courses are sold in their currency only', async (t) => {
  t.strictSame(amounts([course('a', '20.00'), course('b', '1.00', 'USD')], null, 'EUR', at), {
    ok: false,
    rejection: 'currency-mismatch',
    details: { courseId: 'b', expected: 'USD', found: 'EUR' },
  });
});

t.test('a purchase of nothing, or of one course twice, has no price', async (t) => {
  t.strictSame(amounts([], null, 'EUR', at), { ok: false, rejection: 'nothing-to-buy' });
  t.strictSame(amounts([course('a', '1.00'), course('a', '1.00')], null, 'EUR', at), {
    ok: false,
    rejection: 'course-listed-twice',
    details: { courseId: 'a' },
  });
});

t.test('a quote is consistent when each amount agrees with the others', async (t) => {
  const good = quoteOf([['a', '10.00', '1.00'], ['b', '5.00', '0.50']], { currency: 'EUR' });
  const [a = fail(), b = fail()] = good.lines;
  t.ok(isConsistentQuote(good));
  const wrong: readonly (readonly [string, Partial<Quote>])[] = [
    ['a line does not add up', { lines: [{ ...a, total: '8.99' }, b], total: '13.49' }],
    ['the subtotal is not that of the lines', { subtotal: '15.01' }],
    ['the discount is not that of the lines', { discount: '1.49' }],
    ['the total is not that of the lines', { total: '13.51' }],
    ['an amount is less precise than its currency', { total: '13.5' }],
    ['an amount is negative', { lines: [{ ...a, discount: '-1.00', total: '11.00' }, b], discount: '-0.50', total: '15.50' }],
  ];
  for (const [what, change] of wrong) t.notOk(isConsistentQuote({ ...good, ...change }), what);
});

t.test('whatever is quoted is consistent, and the coupon takes off what was quoted', async () => {
  const prices = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 10 });
  const benefits = fc.oneof(
    fc.integer({ min: 1, max: 10_000 }).map((n) => ({ type: 'percentage' as const, percent: String(n / 100) })),
    fc.integer({ min: 1, max: 100_000 }).map((n) => ({ type: 'fixed' as const, amount: (n / 100).toFixed(2), currency: 'EUR' })),
  );
  const kinds = fc.constantFrom('platform_wide' as const, 'course_specific' as const);
  fc.assert(
    fc.property(prices, benefits, kinds, (cents, benefit, kind) => {
      const courses = cents.map((price, index) => course(String(index), (price / 100).toFixed(2)));
      const used = coupon({ benefit, kind, courseId: kind === 'platform_wide' ? null : '0' });
      const quoted = quote(courses, used, 'EUR', at);
      if (!quoted.ok) return quoted.rejection === 'coupon-not-applicable';
      const { lines, discount } = quoted.quote;
      const taken = couponDiscount(lines, used.terms, 'EUR', at);
      return isConsistentQuote(quoted.quote) && taken.ok && taken.discount === discount && sumMoney(taken.discounts, 'EUR') === discount;
    }),
  );
});

t.test('a quote whose amounts disagree in one place is not consistent', async (t) => {
  const lines = [
    { courseId: 'c1', title: 'One', listPrice: '30.00', discount: '3.00', total: '27.00' },
    { courseId: 'c2', title: 'Two', listPrice: '10.00', discount: '1.00', total: '9.00' },
  ] as const;
  const sound = { lines: [...lines], subtotal: '40.00', discount: '4.00', total: '36.00', currency: 'EUR', couponCode: null };
  const [first, second] = lines;
  const negative = { ...first, listPrice: '-1.00', discount: '0.00', total: '-1.00' };
  t.ok(isConsistentQuote(sound));
  for (const [why, quoted] of Object.entries({
    'an amount in another precision': { ...sound, lines: [{ ...first, listPrice: '30.0' }, second] },
    'a negative amount': { ...sound, lines: [negative], subtotal: '-1.00', discount: '0.00', total: '-1.00' },
    'lines that are wrong by what evens out': { ...sound, lines: [{ ...first, total: '26.00' }, { ...second, total: '10.00' }] },
    'another subtotal': { ...sound, subtotal: '41.00' },
    'another discount': { ...sound, discount: '5.00' },
    'another total': { ...sound, total: '35.00' },
  })) {
    t.notOk(isConsistentQuote(quoted), why);
  }
});
