import type { Stripe } from 'stripe';
import type { ProviderFact } from '../../ports/payment-gateway.js';
import { chargeFactOf, disputeFactOf, refundFactOf } from './facts.js';
import { orAborted } from './failures.js';
import type { Origins } from './origins.js';

const PAGE = 100;

async function* each<Item>(list: () => AsyncIterator<Item>, signal: AbortSignal): AsyncGenerator<Item> {
  // A list is asked for as soon as it is made.
  signal.throwIfAborted();
  const items = list();
  for (;;) {
    const next = await orAborted(signal, () => items.next());
    if (next.done === true) return;
    yield next.value;
  }
}

/** Every payment intent, refund and dispute that was made since then, page by page, in the order in which Stripe lists each. */
export async function* factsSince(stripe: Stripe, origins: Origins, since: Date, signal: AbortSignal): AsyncGenerator<ProviderFact> {
  const made = { created: { gte: Math.floor(since.getTime() / 1_000) }, limit: PAGE };
  const withIntent = { ...made, expand: ['data.payment_intent'] };
  for await (const intent of each(() => stripe.paymentIntents.list(made), signal)) yield chargeFactOf(intent);
  for await (const refund of each(() => stripe.refunds.list(withIntent), signal)) {
    const origin = await origins.of(refund, signal);
    if (origin !== null) yield refundFactOf(refund, origin);
  }
  for await (const dispute of each(() => stripe.disputes.list(withIntent), signal)) {
    const origin = await origins.of(dispute, signal);
    const fact = origin === null ? null : disputeFactOf(dispute, origin);
    if (fact !== null) yield fact;
  }
}
