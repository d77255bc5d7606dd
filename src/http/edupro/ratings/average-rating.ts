import { Decimal } from 'decimal.js';
import type { RatingTotals } from '../../../projections/ratings/queries.js';

const PLACES = 2;

/** The average of these ratings, half-up to two places; 0 where there are none. */
export const averageRating = ({ count, sum }: RatingTotals): number =>
  count === 0 ? 0 : new Decimal(sum).dividedBy(count).toDecimalPlaces(PLACES, Decimal.ROUND_HALF_UP).toNumber();
