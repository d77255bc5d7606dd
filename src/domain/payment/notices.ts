import { accept, type Decision, type Message } from '../kernel/decider.js';
import { compareMoney, isZero, smaller } from '../kernel/money.js';
import type { NoticeSource, PaymentEvent } from './events.js';
import type { ChargeFact, DisputeFact, ProviderFact, RefundFact } from './provider-facts.js';
import { namedLines } from './refund-lines.js';
import { completeRefund, requestRefund } from './refunds.js';
import { evolve, isCaptured, refundable, toldOf, type CapturedPayment, type EndedPayment, type OpenedPayment, type Payment } from './state.js';

export interface ReceivedNotice {
  readonly paymentId: string;
  readonly provider: string;
  readonly noticeId: string;
  readonly source: NoticeSource;
  readonly fact: ProviderFact;
  readonly occurredAt: string;
  readonly at: string;
}

export type NoticeCommand = Message<'RecordNotice', ReceivedNotice>;

type Events = readonly PaymentEvent[];
const NOTHING: Events = [];

const ofCharge = (payment: OpenedPayment | EndedPayment, { status, reference, amount, currency, reason }: ChargeFact, at: string): Events => {
  const { paymentId, method } = payment;
  if (method === 'cash') return NOTHING;
  if (payment.status !== 'opened') {
    return status === 'captured' && !isZero(amount)
      ? [{ type: 'PaymentCapturedLate', data: { paymentId, amount, currency, reference, capturedAt: at } }]
      : NOTHING;
  }
  const { total, currency: quoted } = payment.quote;
  switch (status) {
    case 'captured':
      // Another amount than was asked for is nobody's to accept; a reconciliation names it.
      return currency === quoted && compareMoney(amount, total) === 0
        ? [{ type: 'PaymentCaptured', data: { paymentId, amount: total, currency, reference, capturedAt: at } }]
        : NOTHING;
    case 'declined':
    case 'cancelled':
      return [{ type: 'PaymentDeclined', data: { paymentId, reason: reason ?? 'The provider ended the payment.', declinedAt: at } }];
    case 'action-required':
    case 'pending':
      return NOTHING;
  }
};

interface GivenBack {
  readonly refundId: string;
  readonly amount: string;
  readonly reason: string | null;
  readonly reference: string;
}

const accepted = (decision: Decision<PaymentEvent, string>): Events => (decision.ok ? decision.events : NOTHING);

/** A refund that nobody here asked for is as good as one that was. */
const given = (payment: CapturedPayment, { refundId, amount, reason }: GivenBack, at: string): Events =>
  accepted(requestRefund({ refundId, amount, reason, requestedBy: null, at }, payment));

const givenBack = (payment: CapturedPayment, back: GivenBack, at: string): Events => {
  const asked = given(payment, back, at);
  const after = asked.reduce<Payment>(evolve, payment);
  const { refundId, reference } = back;
  return isCaptured(after) && asked.length > 0 ? [...asked, ...accepted(completeRefund({ refundId, reference, at }, after))] : NOTHING;
};

const failure = (payment: CapturedPayment, refundId: string, { reference, amount, reason }: RefundFact, at: string): PaymentEvent => {
  const { paymentId, currency, quote } = payment;
  const known = payment.refunds.get(refundId);
  const data = { paymentId, refundId, amount: known?.amount ?? amount, currency, reason: reason ?? 'the provider says that it failed' };
  const lines = known === undefined || known.lines.length === 0 || quote === null ? undefined : namedLines(quote, known.lines, currency);
  return known?.status === 'done'
    ? { type: 'PaymentRefundReversed', data: { ...data, ...(lines === undefined ? {} : { lines }), reversedAt: at } }
    : { type: 'PaymentRefundFailed', data: { ...data, outcome: 'refused', reference, failedAt: at } };
};

const madeBefore = (payment: CapturedPayment, refundId: string, fact: RefundFact, at: string): Events => {
  const made = accepted(completeRefund({ refundId, reference: fact.reference, at }, payment));
  const after = made.reduce<Payment>(evolve, payment);
  return isCaptured(after) && made.length > 0 ? [...made, failure(after, refundId, fact, at)] : NOTHING;
};

const ofRefund = (payment: CapturedPayment, fact: RefundFact, at: string): Events => {
  const { status, reference, amount, reason } = fact;
  const refundId = fact.refundId ?? `provider-${reference}`;
  const known = payment.refunds.get(refundId);
  const back = { refundId, amount, reason, reference };
  // A failure is the provider's last word; that the refund had been made before is history all the same.
  if (known?.final === true) return status === 'refunded' && known.reversed !== true ? madeBefore(payment, refundId, fact, at) : NOTHING;
  switch (status) {
    case 'pending':
      return known === undefined ? given(payment, back, at) : NOTHING;
    case 'refunded':
      return known === undefined ? givenBack(payment, back, at) : accepted(completeRefund({ refundId, reference, at }, payment));
    case 'failed': {
      const asked = known === undefined ? given(payment, back, at) : NOTHING;
      return known === undefined && asked.length === 0 ? NOTHING : [...asked, failure(payment, refundId, fact, at)];
    }
  }
};

const ofDispute = (payment: CapturedPayment, { status, reference: disputeId, amount, reason }: DisputeFact, at: string): Events => {
  const { paymentId, currency } = payment;
  const standing = payment.disputes.get(disputeId);
  if (standing === 'won' || standing === 'lost' || standing === status) return NOTHING;
  const money = { paymentId, disputeId, amount, currency };
  const opened: Events = standing === undefined ? [{ type: 'PaymentDisputeOpened', data: { ...money, reason, openedAt: at } }] : NOTHING;
  if (status === 'open') return opened;
  const closed: PaymentEvent = { type: 'PaymentDisputeClosed', data: { ...money, outcome: status, closedAt: at } };
  const left = refundable(payment);
  const lost = status === 'won' || isZero(left)
    ? NOTHING
    : givenBack(payment, { refundId: `dispute-${disputeId}`, amount: smaller(amount, left), reason: 'dispute lost', reference: disputeId }, at);
  return [...opened, closed, ...lost];
};

const consequence = (payment: Payment, fact: ProviderFact, at: string): Events => {
  if (payment.status === 'none') return NOTHING;
  if (isCaptured(payment)) return fact.kind === 'refund' ? ofRefund(payment, fact, at) : fact.kind === 'dispute' ? ofDispute(payment, fact, at) : NOTHING;
  return fact.kind === 'charge' ? ofCharge(payment, fact, at) : NOTHING;
};

// Money comes before it is refunded or disputed, in whichever order the notices came; a capture is believed before a decline.
const RANKS = { charge: 0, refund: 1, dispute: 2 } as const;
const rank = ({ kind, status }: ProviderFact): number => RANKS[kind] + (kind === 'charge' && status !== 'captured' ? 0.5 : 0);

/** What follows from facts, all of which may be known already. */
export const consequences = (payment: Payment, facts: readonly ProviderFact[], at: string): Events => {
  let state = payment;
  const events: PaymentEvent[] = [];
  for (const fact of facts.toSorted((one, other) => rank(one) - rank(other))) {
    const following = consequence(state, fact, at);
    events.push(...following);
    state = following.reduce<Payment>(evolve, state);
  }
  return events;
};

/** The events of a decision, and what follows with them from notices that came before. */
export const withTold = (payment: Payment, events: Events, at: string): Events => {
  const told = toldOf(payment);
  return told.length === 0 ? events : [...events, ...consequences(events.reduce<Payment>(evolve, payment), told, at)];
};

/** Records what the provider told, once per notice, and what follows from it. What was only asked for is recorded if something follows. */
export const decideNotice = ({ paymentId, provider, noticeId, source, fact, occurredAt, at }: ReceivedNotice, payment: Payment): Decision<PaymentEvent, never> => {
  const following = consequences(payment, [...toldOf(payment), fact], at);
  if (source !== 'notice' && following.length === 0) return accept();
  const received: PaymentEvent = { type: 'PaymentNoticeReceived', data: { paymentId, provider, noticeId, source, fact, occurredAt, receivedAt: at } };
  return accept(received, ...following);
};
