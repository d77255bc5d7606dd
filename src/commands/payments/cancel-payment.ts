import { reject } from '../../domain/kernel/decider.js';
import type { PaymentRejection } from '../../domain/payment/decider.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import { paysPayment } from '../access/rules.js';
import type { CommandServices } from '../services.js';
import type { Position } from '../../ports/event-store.js';

export interface CancelPaymentInput {
  readonly actor: Actor;
  readonly paymentId: string;
  readonly reason: string | null;
}

/** The payment of an account that is gone holds no seat and no code any longer. What was paid meanwhile stays paid. */
export const cancelForDeletedAccount = async (
  { handler, clock }: Pick<CommandServices, 'handler' | 'clock'>,
  { paymentId, accountId }: { readonly paymentId: string; readonly accountId: string },
  context: CommandContext,
): Promise<Position> => {
  const data = { cancelledBy: accountId, reason: 'the account was deleted', at: clock.now().toISOString() };
  const handled = await handler.handle(aggregates.payment, paymentId, { type: 'CancelPayment', data }, context);
  return handled.ok ? handled.position : 0n;
};

export const cancelPayment =
  ({ handler, clock }: CommandServices) =>
  async ({ actor, paymentId, reason }: CancelPaymentInput, context: CommandContext): Promise<Outcome<null, PaymentRejection>> => {
    const { state: payment } = await handler.load(aggregates.payment, paymentId);
    if (payment.status === 'none' || !paysPayment(actor, payment)) return reject('payment-not-opened');
    const data = { cancelledBy: actor.accountId, reason, at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.payment, paymentId, { type: 'CancelPayment', data }, context);
    return done(handled, null);
  };
