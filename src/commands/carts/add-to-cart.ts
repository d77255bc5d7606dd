import type { CartRejection } from '../../domain/cart/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { hasAccess } from '../../domain/enrollment/decider.js';
import { isZero } from '../../domain/kernel/money.js';
import type { CommandContext } from '../context.js';
import { courseOnSale, type SaleRejection } from '../courses/course-on-sale.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface AddToCartInput {
  readonly userId: string;
  readonly courseId: string;
}

export type AddToCartRejection = CartRejection | SaleRejection | 'already-enrolled' | 'course-free';

/** Adds a course that is for sale to the user and that the user does not have; a free one is enrolled in instead. Idempotent. */
export const addToCart =
  (services: CommandServices) =>
  async ({ userId, courseId }: AddToCartInput, context: CommandContext): Promise<Outcome<null, AddToCartRejection>> => {
    const { handler, clock } = services;
    const onSale = await courseOnSale(services, courseId, userId);
    if (!onSale.ok) return onSale;
    const { state: enrollment } = await handler.load(aggregates.enrollment, `${userId}.${courseId}`);
    if (hasAccess(enrollment)) return reject('already-enrolled', { courseId });
    if (isZero(onSale.course.price)) return reject('course-free', { courseId });
    const data = { userId, courseId, at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.cart, userId, { type: 'AddCourseToCart', data }, context);
    return done(handled, null);
  };
