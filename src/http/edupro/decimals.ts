import { Decimal } from 'decimal.js';

const PLACES = 2;

/** An amount as this surface shows it: "9.5" is "9.50". Half a hundredth is rounded up. */
export const twoPlaces = (amount: string): string => new Decimal(amount).toFixed(PLACES, Decimal.ROUND_HALF_UP);
