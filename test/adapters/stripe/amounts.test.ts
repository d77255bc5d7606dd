import t from 'tap';
import { fromProvider, toProvider } from '../../../src/adapters/stripe/amounts.js';
import { minorUnits } from '../../../src/domain/kernel/money.js';
import { fc } from '../../fixtures/properties.js';

const ZERO_DECIMAL = ['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'];
const THREE_DECIMAL = ['BHD', 'JOD', 'KWD', 'OMR', 'TND'];
const WHOLE = ['ISK', 'UGX'];
const TWO_DECIMAL = ['USD', 'EUR', 'HUF', 'TWD', 'IDR', 'GBP'];

const ok = (amount: number, currency: string) => ({ ok: true, amount, currency });

t.test('currencies without decimals at Stripe are their own integers', async (t) => {
  for (const currency of ZERO_DECIMAL) {
    const places = '0'.repeat(minorUnits(currency));
    const text = places === '' ? '1050' : `1050.${places}`;
    t.same(toProvider(text, currency), ok(1050, currency.toLowerCase()), currency);
    t.same(fromProvider(1050, currency.toLowerCase()), { amount: text, currency }, currency);
  }
  t.match(toProvider('10.50', 'MGA'), { ok: false, reason: 'the payment provider takes MGA with 0 decimals at most' }, 'the ariary has hundredths here, and none there');
});

t.test('currencies with three decimals end with a 0', async (t) => {
  for (const currency of THREE_DECIMAL) {
    t.same(toProvider('5.120', currency), ok(5120, currency.toLowerCase()), currency);
    t.match(toProvider('5.124', currency), { ok: false, reason: `the payment provider takes ${currency} with a 0 as its last decimal` }, currency);
    t.same(fromProvider(5120, currency.toLowerCase()), { amount: '5.120', currency }, currency);
  }
});

t.test('whole currencies that Stripe counts in hundredths', async (t) => {
  for (const currency of WHOLE) {
    t.same(toProvider('5', currency), ok(500, currency.toLowerCase()), currency);
    t.match(toProvider('5.50', currency), { ok: false, reason: `the payment provider takes ${currency} without decimals` }, currency);
    t.same(fromProvider(500, currency.toLowerCase()), { amount: '5', currency }, currency);
    t.same(fromProvider(550, currency.toLowerCase()), { amount: '5.5', currency }, `${currency}: a foreign charge is not rounded`);
  }
});

t.test('all others are counted in hundredths', async (t) => {
  for (const currency of TWO_DECIMAL) {
    t.same(toProvider('10.50', currency), ok(1050, currency.toLowerCase()), currency);
    t.same(fromProvider(1050, currency.toLowerCase()), { amount: '10.50', currency }, currency);
    t.same(fromProvider(5, currency.toLowerCase()), { amount: '0.05', currency }, currency);
  }
  t.match(toProvider('1.2345', 'CLF'), { ok: false }, 'four decimals are none of Stripe');
});

t.test('what is no amount is refused', async (t) => {
  for (const amount of ['', 'x', '-1.00', '1e3', '1,00', '1.', '.5', ' 1.00', '1.0000000', '9999999999999999.00', 'NaN']) t.match(toProvider(amount, 'USD'), { ok: false, reason: String }, amount);
  for (const currency of ['', 'usd', 'US', 'USDX']) t.match(toProvider('1.00', currency), { ok: false }, currency);
  t.match(toProvider('0.00', 'USD'), { ok: false, reason: 'the payment provider takes no amount of zero' });
  t.match(toProvider('99999999999999.99', 'USD'), { ok: false, reason: 'the amount is too large for the payment provider' });
  for (const units of [1.5, -1, Number.NaN, 2 ** 60]) t.throws(() => fromProvider(units, 'usd'), String(units));
});

t.test('whatever Stripe takes comes back as it was, and what it says can be said to it', async (t) => {
  const currency = fc.constantFrom(...ZERO_DECIMAL, ...THREE_DECIMAL, ...WHOLE, ...TWO_DECIMAL);
  const asHere = (units: bigint, name: string): string => {
    const places = minorUnits(name);
    const digits = String(units).padStart(places + 1, '0');
    return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  };
  let taken = 0;
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), currency, (units, name) => {
      const amount = asHere(units, name);
      const there = toProvider(amount, name);
      if (!there.ok) return;
      taken += 1;
      t.same(fromProvider(there.amount, there.currency), { amount, currency: name });
    }),
  );
  t.ok(taken > 20);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 9 }), currency, (units, name) => {
      const { amount } = fromProvider(units, name.toLowerCase());
      const again = toProvider(amount, name);
      if (again.ok) t.equal(again.amount, units);
      else t.ok(THREE_DECIMAL.includes(name) ? units % 10 !== 0 : WHOLE.includes(name) && units % 100 !== 0, `${name} ${amount}`);
    }),
  );
});
