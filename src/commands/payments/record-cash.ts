import { reject } from '../../domain/kernel/decider.js';
import type { PaymentRejection } from '../../domain/payment/decider.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import { isAdmin } from '../access/rules.js';
import type { CommandServices } from '../services.js';

export interface RecordCashInput {
  readonly actor: Actor;
  readonly paymentId: string;
}

export const recordCash =
  ({ handler, clock }: CommandServices) =>
  async (
    { actor, paymentId }: RecordCashInput,
    context: CommandContext,
  ): Promise<Outcome<null, PaymentRejection | 'payment-not-permitted'>> => {
    if (!isAdmin(actor)) return reject('payment-not-permitted');
    const data = { receivedBy: actor.accountId, at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.payment, paymentId, { type: 'RecordCashReceived', data }, context);
    return done(handled, null);
  };
