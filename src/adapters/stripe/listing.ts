import type { Stripe } from 'stripe';
import type { ProviderFact } from '../../ports/payment-gateway.js';
import { chargeFactOf, disputeFactOf, refundFactOf } from './facts.js';
import { orAborted } from './failures.js';
import type { Origins } from './origins.js';

const PAGE = 100;
const DAY_MS = 24 * 60 * 60_000;
/** What was made before may have moved on since then: banks take weeks for a refund, and months for a dispute. */
const REFUNDS_MOVE_MS = 30 * DAY_MS;
const DISPUTES_MOVE_MS = 180 * DAY_MS;

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

/** Every payment intent that was made since then, and every refund and dispute that may have moved since then, page by page, in the order in which Stripe lists each. */
export async function* factsSince(stripe: Stripe, origins: Origins, since: Date, signal: AbortSignal): AsyncGenerator<ProviderFact> {
  const madeSince = (before: number) => ({ created: { gte: Math.max(0, Math.floor((since.getTime() - before) / 1_000)) }, limit: PAGE });
  const withIntent = (before: number) => ({ ...madeSince(before), expand: ['data.payment_intent'] });
  for await (const intent of each(() => stripe.paymentIntents.list(madeSince(0)), signal)) yield chargeFactOf(intent);
  for await (const refund of each(() => stripe.refunds.list(withIntent(REFUNDS_MOVE_MS)), signal)) {
    const origin = await origins.of(refund, signal);
    if (origin !== null) yield refundFactOf(refund, origin);
  }
  for await (const dispute of each(() => stripe.disputes.list(withIntent(DISPUTES_MOVE_MS)), signal)) {
    const origin = await origins.of(dispute, signal);
    const fact = origin === null ? null : disputeFactOf(dispute, origin);
    if (fact !== null) yield fact;
  }
}
