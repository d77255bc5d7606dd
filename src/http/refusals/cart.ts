import type { AddToCartRejection } from '../../commands/carts/add-to-cart.js';
import type { CartRejection } from '../../domain/cart/decider.js';
import type { Answer } from './answer.js';
import type { CourseCode } from './course.js';
import type { EnrollmentCode } from './enrollment.js';

type Refused = Exclude<CartRejection | AddToCartRejection, CourseCode | EnrollmentCode>;

export const cartRefusals = {
  'cart-full': ['conflict', 'The cart is full.'],
} satisfies Record<Refused, Answer>;
