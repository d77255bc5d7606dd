import { reject } from '../../domain/kernel/decider.js';
import type { BillingData } from '../../domain/invoice/events.js';
import type { PaymentRejection } from '../../domain/payment/decider.js';
import type { RecordRejection } from '../../domain/record/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import type { Outcome } from '../outcome.js';
import { maySeePayment } from '../access/payment-access.js';
import type { CommandServices } from '../services.js';

export interface ChangePaymentBillingInput {
  readonly actor: Actor;
  readonly paymentId: string;
  readonly billing: Partial<BillingData>;
}

/** Who pays was put right; invoices without a billing of their own follow. */
export const changePaymentBilling =
  ({ handler, clock }: CommandServices) =>
  async (
    { actor, paymentId, billing: fields }: ChangePaymentBillingInput,
    context: CommandContext,
  ): Promise<Outcome<null, PaymentRejection | RecordRejection>> => {
    const { state: payment } = await handler.load(aggregates.payment, paymentId);
    const isKnown = payment.status !== 'none' && payment.payerId !== null;
    if (!isKnown || !maySeePayment(actor, payment)) return reject('payment-not-opened');
    const data = { recordId: paymentId, ownerId: payment.payerId, fields, at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.paymentBilling, paymentId, { type: 'ChangeRecord', data }, context);
    return handled.ok ? { ok: true, value: null, position: handled.position } : handled;
  };
