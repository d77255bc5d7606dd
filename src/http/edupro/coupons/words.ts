import type { Wordings } from '../../refusals/wording.js';
import { NO_PERMISSION } from '../surface.js';

/** What a teacher is told of the teacher's own coupons. */
export const couponWords: Wordings = {
  'coupon-not-issued': [404, 'Not found.'],
  'coupon-withdrawn': [404, 'Not found.'],
  'coupon-not-permitted': [403, NO_PERMISSION],
  'coupon-terms-invalid': { status: 400, field: 'price', message: 'The currency of the platform does not have this amount.' },
  'coupon-limit-below-uses': { status: 400, field: 'max_uses', message: 'The coupon was already used more often.' },
};
