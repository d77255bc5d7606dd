import { reject } from '../../domain/kernel/decider.js';
import type { PaymentRejection } from '../../domain/payment/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import { isAdmin } from '../access/rules.js';
import type { CommandServices } from '../services.js';

export interface RefundPaymentInput {
  readonly actor: Actor;
  readonly paymentId: string;
  /** Null: everything that is left. */
  readonly amount: string | null;
  readonly reason: string | null;
  /** Ends the access to these courses, and takes the money from them alone. */
  readonly courseIds?: readonly string[];
}

/** Requests a refund; the gateway's answer comes later, cash is handed back at once. */
export const refundPayment =
  ({ handler, clock }: CommandServices) =>
  async (
    { actor, paymentId, amount, reason, courseIds }: RefundPaymentInput,
    context: CommandContext,
  ): Promise<Outcome<{ readonly refundId: string }, PaymentRejection | 'payment-not-permitted'>> => {
    if (!isAdmin(actor)) return reject('payment-not-permitted');
    const refundId = uuidV5('refund', context.commandId);
    const named = courseIds === undefined ? {} : { courseIds };
    const data = { refundId, amount, reason, requestedBy: actor.accountId, ...named, at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.payment, paymentId, { type: 'RequestRefund', data }, context);
    return done(handled, { refundId });
  };
