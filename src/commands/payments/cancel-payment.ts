import { reject } from '../../domain/kernel/decider.js';
import type { PaymentRejection } from '../../domain/payment/decider.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import { paysPayment } from '../access/rules.js';
import type { CommandServices } from '../services.js';

export interface CancelPaymentInput {
  readonly actor: Actor;
  readonly paymentId: string;
  readonly reason: string | null;
}

export const cancelPayment =
  ({ handler, clock }: CommandServices) =>
  async ({ actor, paymentId, reason }: CancelPaymentInput, context: CommandContext): Promise<Outcome<null, PaymentRejection>> => {
    const { state: payment } = await handler.load(aggregates.payment, paymentId);
    if (payment.status === 'none' || !paysPayment(actor, payment)) return reject('payment-not-opened');
    const data = { cancelledBy: actor.accountId, reason, at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.payment, paymentId, { type: 'CancelPayment', data }, context);
    return done(handled, null);
  };
