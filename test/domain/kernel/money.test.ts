import t from 'tap';
import {
  addMoney,
  amountText,
  compareMoney,
  distribute,
  isZero,
  minorUnits,
  moneyText,
  multiplyMoney,
  parseAmount,
  percentOf,
  smaller,
  subtractMoney,
  sumMoney,
  toMinorPrecision,
  toNumber,
  zero,
} from '../../../src/domain/kernel/money.js';
import { fc } from '../../fixtures/properties.js';

const printed = (hundredths: bigint): string => {
  const digits = String(hundredths < 0n ? -hundredths : hundredths).padStart(3, '0');
  return `${hundredths < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

t.test('a currency has the minor units of ISO 4217', async (t) => {
  t.strictSame(['EUR', 'USD', 'JPY', 'KRW', 'KWD', 'TND', 'CLF'].map(minorUnits), [2, 2, 0, 0, 3, 3, 4]);
  t.strictSame(['EUR', 'JPY', 'KWD'].map(zero), ['0.00', '0', '0.000']);
});

t.test('issue 9.14: every currency is printed with its own places, exactly and in one way', async (t) => {
  const printed = [['10.50', 'HUF'], ['10.5', 'HUF'], ['1234567.5', 'USD'], ['1000', 'JPY'], ['0.125', 'KWD'], ['999999999999.99', 'IDR'], ['-1299.00', 'EUR'], ['1.005', 'EUR']] as const;
  t.strictSame(
    printed.map(([amount, currency]) => moneyText(amount, currency)),
    ['HUF 10.50', 'HUF 10.50', 'USD 1,234,567.50', 'JPY 1,000', 'KWD 0.125', 'IDR 999,999,999,999.99', '-EUR 1,299.00', 'EUR 1.005'],
  );
  t.equal(amountText('-1299.00', 'EUR'), '-1,299.00');
  for (const currency of Intl.supportedValuesOf('currency')) {
    const places = minorUnits(currency);
    t.equal(moneyText('7', currency), `${currency} 7${places === 0 ? '' : `.${'0'.repeat(places)}`}`);
  }
});

t.test('rounding is half-up to the minor unit of the currency', async (t) => {
  t.equal(toMinorPrecision('1.005', 'EUR'), '1.01');
  t.equal(toMinorPrecision('1.00499', 'EUR'), '1.00');
  t.equal(toMinorPrecision('0.5', 'JPY'), '1');
  t.equal(toMinorPrecision('2.5', 'JPY'), '3');
  t.equal(toMinorPrecision('1.0005', 'KWD'), '1.001');
  t.equal(toMinorPrecision('12', 'EUR'), '12.00');
  t.equal(toMinorPrecision('-0.001', 'EUR'), '0.00', 'no negative zero');
});

t.test('an amount of an API is taken as it was written', async (t) => {
  t.strictSame(parseAmount(10.1, 'EUR'), { ok: true, amount: '10.10' });
  t.strictSame(parseAmount('10.10', 'EUR'), { ok: true, amount: '10.10' });
  t.strictSame(parseAmount('10.100', 'EUR'), { ok: true, amount: '10.10' }, 'zeros past the precision say nothing else');
  t.strictSame(parseAmount(1.005, 'KWD'), { ok: true, amount: '1.005' });
  t.strictSame(parseAmount(0, 'JPY'), { ok: true, amount: '0' });
  t.strictSame(parseAmount(-0, 'EUR'), { ok: true, amount: '0.00' });
  t.strictSame(parseAmount(-5, 'EUR', 'any'), { ok: true, amount: '-5.00' });
  t.equal(toNumber('10.10'), 10.1);
});

t.test('an amount that cannot be meant is refused, never rounded', async (t) => {
  for (const value of [Number.NaN, Infinity, -Infinity, '', 'ten', '1e3', '0x10', ' 1', '1,5', 'NaN', 'Infinity']) {
    t.strictSame(parseAmount(value, 'EUR'), { ok: false, problem: 'not-a-number' }, JSON.stringify(value));
  }
  t.strictSame(parseAmount(-0.01, 'EUR'), { ok: false, problem: 'negative' });
  t.strictSame(parseAmount(0, 'EUR', 'positive'), { ok: false, problem: 'not-positive' });
  t.strictSame(parseAmount(0.1 + 0.2, 'EUR'), { ok: false, problem: 'too-precise' });
  t.strictSame(parseAmount(10.001, 'EUR'), { ok: false, problem: 'too-precise' });
  t.strictSame(parseAmount(1.5, 'JPY'), { ok: false, problem: 'too-precise' });
  t.strictSame(parseAmount(1e12, 'EUR'), { ok: false, problem: 'too-large' });
  t.strictSame(parseAmount(1e300, 'EUR'), { ok: false, problem: 'too-large' });
});

t.test('arithmetic on strings keeps every digit', async (t) => {
  t.equal(addMoney('0.10', '0.20'), '0.30');
  t.equal(subtractMoney('10.00', '9.99'), '0.01');
  t.equal(addMoney('999999999999.99', '0.01'), '1000000000000.00');
  t.equal(multiplyMoney('19.99', 3), '59.97');
  t.equal(sumMoney([], 'EUR'), '0.00');
  t.equal(sumMoney(['0.10', '0.20', '0.30'], 'EUR'), '0.60');
  t.equal(percentOf('0.05', '50', 'EUR'), '0.03');
  t.strictSame([compareMoney('9.00', '10.00'), compareMoney('1.0', '1.00'), compareMoney('2', '1')], [-1, 0, 1]);
  t.equal(smaller('9.00', '10.00'), '9.00');
  t.ok(isZero('0.00'));
  t.notOk(isZero('0.01'));
});

t.test('what is left of a distribution goes to the largest remainders', async (t) => {
  t.strictSame(distribute('10.00', ['10.00', '10.00', '10.00'], 'EUR'), ['3.34', '3.33', '3.33']);
  t.strictSame(distribute('0.02', ['1.00', '1.00', '1.00'], 'EUR'), ['0.01', '0.01', '0.00'], 'of equal remainders the first');
  t.strictSame(distribute('0.02', ['1.00', '2.00', '2.00'], 'EUR'), ['0.00', '0.01', '0.01'], 'larger ones before the first');
  t.strictSame(distribute('1.00', ['0.10', '0.20', '0.70'], 'EUR'), ['0.10', '0.20', '0.70']);
  t.strictSame(distribute('100', ['101', '202', '0'], 'JPY'), ['33', '67', '0']);
  t.strictSame(distribute('0.00', ['0.00', '0.00'], 'EUR'), ['0.00', '0.00']);
});

t.test('a distribution sums exactly, and no line gets more than it weighs', async () => {
  const currencies = fc.constantFrom('EUR', 'JPY', 'KWD');
  const minorAmounts = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(currencies, minorAmounts, fc.nat(1_000_000), (currency, minor, parts) => {
      const unit = 10 ** -minorUnits(currency);
      const weights = minor.map((amount) => toMinorPrecision(amount * unit, currency));
      const total = sumMoney(weights, currency);
      const amount = percentOf(total, String(parts / 10_000), currency);
      const shares = distribute(amount, weights, currency);
      return (
        sumMoney(shares, currency) === amount &&
        shares.every((share, index) => compareMoney(share, weights[index] ?? '0') <= 0 && compareMoney(share, '0') >= 0)
      );
    }),
  );
});

t.test('a sum is exact', async (t) => {
  const cents = fc.array(fc.bigInt({ min: -1_000_000_000_000_000n, max: 1_000_000_000_000_000n }), { maxLength: 120 });
  fc.assert(fc.property(cents, (amounts) => sumMoney(amounts.map(printed), 'EUR') === printed(amounts.reduce((sum, next) => sum + next, 0n))));
  t.equal(sumMoney(Array.from({ length: 100 }, () => '99999999999.99'), 'USD'), '9999999999999.00');
  t.equal(sumMoney(['0.004', '0.001'], 'USD'), '0.01');
  t.equal(sumMoney(['1.00', '2.00'], 'JPY'), '3');
});

t.test('sums and differences of two are exact for small and for large amounts', async (t) => {
  const amount = fc.oneof(fc.bigInt({ min: -300n, max: 300n }), fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.constantFrom(10n ** 14n, 10n ** 14n - 1n, 1n - 10n ** 14n));
  fc.assert(
    fc.property(amount, amount, (left, right) => {
      t.equal(addMoney(printed(left), printed(right)), printed(left + right));
      t.equal(subtractMoney(printed(left), printed(right)), printed(left - right));
      t.equal(toMinorPrecision(printed(left), 'EUR'), printed(left));
    }),
  );
  t.equal(addMoney('1.5', '0.25'), '1.75');
  t.equal(addMoney('-0.00', '0.00'), '0.00');
  t.equal(toMinorPrecision('-0.00', 'EUR'), '0.00');
  t.equal(toMinorPrecision('007.10', 'EUR'), '7.10');
});
