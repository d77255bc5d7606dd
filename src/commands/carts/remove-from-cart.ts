import type { CartRejection } from '../../domain/cart/decider.js';
import type { CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface RemoveFromCartInput {
  readonly userId: string;
  readonly courseIds: readonly string[];
}

export const removeFromCart =
  (services: CommandServices) =>
  async ({ userId, courseIds }: RemoveFromCartInput, context: CommandContext): Promise<Outcome<null, CartRejection>> => {
    const data = { userId, courseIds, at: services.clock.now().toISOString() };
    const handled = await services.handler.handle(aggregates.cart, userId, { type: 'RemoveCoursesFromCart', data }, context);
    return done(handled, null);
  };
