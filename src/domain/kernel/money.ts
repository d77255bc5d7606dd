import { Decimal } from 'decimal.js';

// Wide enough that no sum, product or quotient of amounts below 10^12 loses a digit before it is rounded.
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

const DEFAULT_MINOR_UNITS = 2;
/** ISO 4217: the currencies whose minor unit is not a hundredth. */
const OTHER_MINOR_UNITS: Readonly<Record<string, readonly string[]>> = {
  0: ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'],
  3: ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'],
  4: ['CLF', 'UYW'],
};
const minorUnitsByCurrency: ReadonlyMap<string, number> = new Map(
  Object.entries(OTHER_MINOR_UNITS).flatMap(([units, currencies]) =>
    currencies.map((currency): [string, number] => [currency, Number(units)]),
  ),
);

export const minorUnits = (currency: string): number => minorUnitsByCurrency.get(currency) ?? DEFAULT_MINOR_UNITS;

/** Already as they are kept, with all places. "-0.00" is not. */
const KEPT: Readonly<Record<number, RegExp>> = { 0: /^(?:0|-?[1-9]\d*)$/, 2: /^(?:0\.\d\d|-?[1-9]\d*\.\d\d)$/ };

const isKept = (amount: string, currency: string): boolean => KEPT[minorUnits(currency)]?.test(amount) === true;

/** Rounds half-up to the minor unit of the currency and prints all its places: money is rounded here alone. */
export const toMinorPrecision = (amount: Decimal.Value, currency: string): string => {
  if (typeof amount === 'string' && isKept(amount, currency)) return amount;
  const rounded = new Exact(amount).toDecimalPlaces(minorUnits(currency));
  return (rounded.isZero() ? new Exact(0) : rounded).toFixed(minorUnits(currency));
};

const zeros: ReadonlyMap<number, string> = new Map([0, 2, 3, 4].map((units) => [units, new Exact(0).toFixed(units)]));

export const zero = (currency: string): string => zeros.get(minorUnits(currency)) ?? toMinorPrecision(0, currency);

export type AmountProblem = 'not-a-number' | 'negative' | 'not-positive' | 'too-precise' | 'too-large';
export type ParsedAmount = Readonly<{ ok: true; amount: string }> | Readonly<{ ok: false; problem: AmountProblem }>;

/** Of prices and totals, in any currency. */
export const LARGEST_AMOUNT = '999999999999';

/** A number from a client as plain decimals, without an exponent: 1e-7 is a number, too, and is refused as too precise. */
export const plainDecimal = (value: number): string => new Exact(value).toFixed();

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * Parses an amount from a client (10.1 -> "10.10" in EUR). Refuses an amount that the currency can't express and never rounds it:
 * the client meant something else.
 */
export const parseAmount = (
  value: number | string,
  currency: string,
  allowed: 'any' | 'not-negative' | 'positive' = 'not-negative',
): ParsedAmount => {
  if (typeof value === 'number' ? !Number.isFinite(value) : !PLAIN_NUMBER.test(value)) {
    return { ok: false, problem: 'not-a-number' };
  }
  const amount = new Exact(value);
  if (amount.abs().gt(LARGEST_AMOUNT)) return { ok: false, problem: 'too-large' };
  if (allowed !== 'any' && amount.lt(0)) return { ok: false, problem: 'negative' };
  if (allowed === 'positive' && amount.isZero()) return { ok: false, problem: 'not-positive' };
  if (amount.decimalPlaces() > minorUnits(currency)) return { ok: false, problem: 'too-precise' };
  return { ok: true, amount: toMinorPrecision(amount, currency) };
};

const GROUPS = /\B(?=(\d{3})+(?!\d))/g;

/** "1299.5", USD -> "1,299.50": all places of the currency, whatever a language would print. Never rounds, and makes no number of it. */
export const amountText = (amount: string, currency: string): string => {
  const [whole = '', fraction = ''] = amount.split('.');
  const places = fraction.padEnd(minorUnits(currency), '0');
  return `${whole.replaceAll(GROUPS, ',')}${places === '' ? '' : `.${places}`}`;
};

/** "1299.5", USD -> "USD 1,299.50", for people: mails, documents, messages. */
export const moneyText = (amount: string, currency: string): string =>
  amount.startsWith('-') ? `-${moneyText(amount.slice(1), currency)}` : `${currency} ${amountText(amount, currency)}`;

/** Converts for surfaces that document a number; nothing else may. */
export const toNumber = (amount: string): number => Number(amount);

const placesOf = (amount: string): number => amount.split('.')[1]?.length ?? 0;

const TWO_PLACES = /^-?\d{1,12}\.\d\d$/;

/** Hundredths of less than 10^12 are whole numbers that a number holds exactly: a tenth of the time, and most amounts are such. */
const hundredthsOf = (amount: string): number | undefined => (TWO_PLACES.test(amount) ? Number(amount.replace('.', '')) : undefined);

const quickSum = (left: string, right: string, sign: 1 | -1): string | undefined => {
  const [one, other] = [hundredthsOf(left), hundredthsOf(right)];
  if (one === undefined || other === undefined) return undefined;
  const hundredths = one + sign * other;
  const digits = String(Math.abs(hundredths)).padStart(3, '0');
  return `${hundredths < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const keepPlaces = (result: Decimal, left: string, right: string): string =>
  result.toFixed(Math.max(placesOf(left), placesOf(right)));

export const addMoney = (left: string, right: string): string => quickSum(left, right, 1) ?? keepPlaces(new Exact(left).add(right), left, right);

export const subtractMoney = (left: string, right: string): string => quickSum(left, right, -1) ?? keepPlaces(new Exact(left).sub(right), left, right);

export const multiplyMoney = (amount: string, factor: number): string =>
  new Exact(amount).mul(factor).toFixed(placesOf(amount));

export const compareMoney = (left: string, right: string): -1 | 0 | 1 => {
  const [one, other] = [hundredthsOf(left), hundredthsOf(right)];
  const difference = one === undefined || other === undefined ? new Exact(left).comparedTo(right) : one - other;
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
};

export const isZero = (amount: string): boolean => /^-?0+(\.0*)?$/.test(amount);

export const smaller = (left: string, right: string): string => (compareMoney(left, right) <= 0 ? left : right);

export const sumMoney = (amounts: readonly string[], currency: string): string =>
  toMinorPrecision(amounts.length === 0 ? 0 : amounts.reduce(addMoney), currency);

export const percentOf = (amount: string, percent: string, currency: string): string =>
  toMinorPrecision(new Exact(amount).mul(percent).div(100), currency);

/**
 * Splits an amount in proportion to weights (amounts, whose sum it does not exceed) without a rest. Each share is rounded down to
 * the minor unit; the units that are left go, one each, to the largest remainders.
 */
export const distribute = (amount: string, weights: readonly string[], currency: string): readonly string[] => {
  const [only = '0'] = weights;
  if (weights.length === 1 && !isZero(only) && isKept(amount, currency)) return [amount];
  const unit = new Exact(10).pow(-minorUnits(currency));
  const units = new Exact(amount).div(unit);
  const total = weights.reduce((all, weight) => all.add(weight), new Exact(0));
  if (total.isZero()) return weights.map(() => zero(currency));
  const shares = weights.map((weight, index) => {
    const product = units.mul(weight);
    return { index, whole: product.divToInt(total), remainder: product.mod(total) };
  });
  const left = units.sub(shares.reduce((all, { whole }) => all.add(whole), new Exact(0))).toNumber();
  const favoured = new Set(
    shares
      // The sort is stable: of equal remainders the first line is favoured.
      .toSorted((a, b) => b.remainder.comparedTo(a.remainder))
      .slice(0, left)
      .map(({ index }) => index),
  );
  return shares.map(({ index, whole }) =>
    toMinorPrecision(whole.add(favoured.has(index) ? 1 : 0).mul(unit), currency),
  );
};
