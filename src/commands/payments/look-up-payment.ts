import { aggregates } from '../../domain/aggregates.js';
import type { ProviderFact } from '../../domain/payment/provider-facts.js';
import type { Position } from '../../ports/event-store.js';
import type { ChargeOutcome, PaymentGateway } from '../../ports/payment-gateway.js';
import type { CommandServices } from '../services.js';
import { idOfFact, recordNotice } from './record-notice.js';

const reasonIn = (outcome: ChargeOutcome): string | null => ('reason' in outcome ? outcome.reason : null);

/**
 * Asks the provider how a charge stands that waits for its payer, and records what follows: for a payer who comes back before the
 * provider's notice does. Gives the position that
 * shows it; null where nothing followed, the payment has ended or its charge is not known.
 */
export const lookUpPayment =
  (services: Pick<CommandServices, 'handler' | 'clock'>, { name: provider, records }: PaymentGateway) =>
  async (paymentId: string, signal: AbortSignal): Promise<Position | null> => {
    const { state } = await services.handler.load(aggregates.payment, paymentId);
    if (records === null || state.status !== 'opened' || state.method === 'cash' || state.charge === undefined) return null;
    const { charge: reference, method, quote: { total: amount, currency } } = state;
    const outcome = await records.lookUp({ idempotencyKey: paymentId, amount, currency, method }, reference, signal);
    const fact: ProviderFact = { kind: 'charge', status: outcome.outcome, reference, amount, currency, reason: reasonIn(outcome) };
    const occurredAt = services.clock.now().toISOString();
    const { changed, position } = await recordNotice(services)({ provider, noticeId: idOfFact(fact), source: 'look-up', paymentId, fact, occurredAt });
    return changed ? position : null;
  };
