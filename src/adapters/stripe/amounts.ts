import { minorUnits } from '../../domain/kernel/money.js';

// https://docs.stripe.com/currencies#zero-decimal, #three-decimal and #special-cases. Every other currency has two decimals there.
const ZERO_DECIMAL = new Set(['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']);
const THREE_DECIMAL = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);
/** Two decimals at Stripe, which must be 00. */
const WHOLE_OF_TWO_DECIMAL = new Set(['ISK', 'UGX']);

const PLAIN = /^(\d{1,15})(?:\.(\d{1,6}))?$/;
const CURRENCY = /^[A-Z]{3}$/;

const decimalsOf = (currency: string): number => (ZERO_DECIMAL.has(currency) ? 0 : THREE_DECIMAL.has(currency) ? 3 : 2);

/** Stripe's integers of the currency are multiples of it. */
const stepOf = (currency: string): bigint => (THREE_DECIMAL.has(currency) ? 10n : WHOLE_OF_TWO_DECIMAL.has(currency) ? 100n : 1n);

export type ProviderAmount = Readonly<{ ok: true; amount: number; currency: string }> | Readonly<{ ok: false; reason: string }>;

const refused = (reason: string): ProviderAmount => ({ ok: false, reason });

/** "10.50", USD -> 1050, usd. Never rounds: what Stripe can't say is refused with a reason. */
export const toProvider = (amount: string, currency: string): ProviderAmount => {
  const [, whole, fraction = ''] = PLAIN.exec(amount) ?? [];
  if (whole === undefined || !CURRENCY.test(currency)) return refused(`${currency} ${amount} is not an amount of money`);
  const decimals = decimalsOf(currency);
  const places = fraction.replace(/0+$/, '');
  if (places.length > decimals) return refused(`the payment provider takes ${currency} with ${decimals} decimals at most`);
  const units = BigInt(whole + places.padEnd(decimals, '0'));
  if (units % stepOf(currency) !== 0n) {
    return refused(THREE_DECIMAL.has(currency) ? `the payment provider takes ${currency} with a 0 as its last decimal` : `the payment provider takes ${currency} without decimals`);
  }
  if (units === 0n) return refused('the payment provider takes no amount of zero');
  if (units > BigInt(Number.MAX_SAFE_INTEGER)) return refused('the amount is too large for the payment provider');
  return { ok: true, amount: Number(units), currency: currency.toLowerCase() };
};

/** 1050, usd -> "10.50", USD: all places of the currency, and more where Stripe says more. */
export const fromProvider = (units: number, currency: string): { readonly amount: string; readonly currency: string } => {
  const name = currency.toUpperCase();
  if (!Number.isSafeInteger(units) || units < 0 || !CURRENCY.test(name)) throw new Error(`Stripe says an amount that is none: ${units} ${currency}`);
  const decimals = decimalsOf(name);
  const digits = String(units).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const places = digits.slice(digits.length - decimals).replace(/0+$/, '').padEnd(minorUnits(name), '0');
  return { amount: places === '' ? whole : `${whole}.${places}`, currency: name };
};
