import type { Phone } from './events.js';

/** A number that was typed in one piece, such as +49 30 123: digits, and the plus where there was one. Where its country code ends does not matter to comparisons. */
export const phoneOf = (typed: string): Phone => {
  const digits = typed.replaceAll(/\D/g, '');
  return { countryCode: typed.trim().startsWith('+') ? '+' : '', number: digits };
};
