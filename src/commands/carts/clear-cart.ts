import type { CartRejection } from '../../domain/cart/decider.js';
import type { CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export const clearCart =
  (services: CommandServices) =>
  async ({ userId }: { readonly userId: string }, context: CommandContext): Promise<Outcome<null, CartRejection>> => {
    const data = { userId, at: services.clock.now().toISOString() };
    const handled = await services.handler.handle(aggregates.cart, userId, { type: 'ClearCart', data }, context);
    return done(handled, null);
  };
