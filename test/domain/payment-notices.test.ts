import t from 'tap';
import { isCaptured, paymentDecider, refundable, type Payment, type PaymentCommand } from '../../src/domain/payment/decider.js';
import type { PaymentEvent } from '../../src/domain/payment/events.js';
import type { ReceivedNotice } from '../../src/domain/payment/notices.js';
import type { ChargeFact, DisputeFact, ProviderFact, RefundFact } from '../../src/domain/payment/provider-facts.js';
import { permutations } from '../fixtures/permutations.js';
import { given, stateAfter } from './decider-specification.js';
import * as example from './payment-examples.js';

const { at, paymentId, captured, captureRequested, opened, declined, expired } = example;
const card = [opened(), captureRequested];
const money = { amount: '100.00', currency: 'EUR', reason: null };

const charge = (over: Partial<ChargeFact> = {}): ChargeFact => ({ kind: 'charge', status: 'captured', reference: 'charge', ...money, ...over });
const refund = (over: Partial<RefundFact> = {}): RefundFact => ({ kind: 'refund', status: 'refunded', reference: 're_1', refundId: null, chargeReference: 'charge', ...money, ...over });
const dispute = (over: Partial<DisputeFact> = {}): DisputeFact => ({ kind: 'dispute', status: 'open', reference: 'dp_1', chargeReference: 'charge', ...money, ...over });

const notice = (fact: ProviderFact, over: Partial<ReceivedNotice> = {}): PaymentCommand => ({
  type: 'RecordNotice',
  data: { paymentId, provider: 'stripe', noticeId: 'evt_1', source: 'notice', fact, occurredAt: at, at, ...over },
});
const received = (fact: ProviderFact, source: ReceivedNotice['source'] = 'notice'): PaymentEvent => ({
  type: 'PaymentNoticeReceived',
  data: { paymentId, provider: 'stripe', noticeId: 'evt_1', source, fact, occurredAt: at, receivedAt: at },
});
const requestedThere = (amount: string, refundId = 'provider-re_1', reason: string | null = null): PaymentEvent => ({
  type: 'PaymentRefundRequested',
  data: { paymentId, refundId, amount, currency: 'EUR', reason, requestedBy: null, requestedAt: at },
});
const disputed: PaymentEvent = { type: 'PaymentDisputeOpened', data: { paymentId, disputeId: 'dp_1', amount: '100.00', currency: 'EUR', reason: null, openedAt: at } };
const disputeClosed = (outcome: 'won' | 'lost'): PaymentEvent => ({
  type: 'PaymentDisputeClosed',
  data: { paymentId, disputeId: 'dp_1', amount: '100.00', currency: 'EUR', outcome, closedAt: at },
});

const play = (commands: readonly PaymentCommand[], from: Payment = paymentDecider.initialState()): Payment =>
  commands.reduce((state, command) => {
    const decision = paymentDecider.decide(command, state);
    if (!decision.ok) throw new Error(decision.rejection);
    return decision.events.reduce(paymentDecider.evolve, state);
  }, from);

t.test('of a charge', async (t) => {
  t.test('the money is taken in once, whoever tells of it first', async () => {
    given(paymentDecider, card).when(notice(charge())).then([received(charge()), captured()]);
    given(paymentDecider, [...card, captured()]).when(notice(charge())).then([received(charge())]);
    given(paymentDecider, [...card, received(charge()), captured()]).when(example.recordCapture()).thenNothing();
  });
  t.test('a decline ends the payment, and changes nothing where the money is here', async () => {
    const refused = charge({ status: 'declined', reason: 'no funds' });
    given(paymentDecider, card).when(notice(refused)).then([received(refused), declined]);
    given(paymentDecider, [...card, captured()]).when(notice(refused)).then([received(refused)]);
  });
  t.test('what is under way changes nothing', async () => {
    for (const status of ['pending', 'action-required'] as const) {
      given(paymentDecider, card).when(notice(charge({ status }))).then([received(charge({ status }))]);
    }
  });
  t.test('another amount or currency than was asked for is not taken in', async () => {
    for (const other of [charge({ amount: '99.99' }), charge({ currency: 'USD' })]) {
      given(paymentDecider, card).when(notice(other)).then([received(other)]);
    }
  });
  t.test('a cash payment has no charge', async () => {
    given(paymentDecider, [opened('cash')]).when(notice(charge())).then([received(charge())]);
  });
  t.test('pitfall 9: money for a payment that has ended is recorded as late', async () => {
    given(paymentDecider, [...card, expired]).when(notice(charge())).then([received(charge()), example.capturedLate]);
  });
  t.test('pitfall 9: a notice that comes before the payment is kept, and counts when the payment is opened', async () => {
    given(paymentDecider).when(notice(charge())).then([received(charge())]);
    given(paymentDecider, [received(charge())]).when(example.open()).then([opened(), captureRequested, captured()]);
    given(paymentDecider, [received(refund()), received(charge())]).when(example.open()).then([
      opened(), captureRequested, captured(), requestedThere('100.00'), example.refunded('100.00', true, 'provider-re_1', 're_1'),
    ]);
  });
  t.test('what was only asked for is recorded if something follows from it', async () => {
    given(paymentDecider, card).when(notice(charge({ status: 'pending' }), { source: 'look-up' })).thenNothing();
    given(paymentDecider, card).when(notice(charge(), { source: 'look-up' })).then([received(charge(), 'look-up'), captured()]);
    given(paymentDecider, [...card, captured()]).when(notice(charge(), { source: 'reconciliation' })).thenNothing();
  });
});

t.test('an action of the payer', async (t) => {
  const action: PaymentCommand = { type: 'RecordActionRequired', data: { reference: 'charge', nextAction: 'sealed', at } };
  const required: PaymentEvent = { type: 'PaymentActionRequired', data: { paymentId, reference: 'charge', nextAction: 'sealed', requiredAt: at } };
  t.test('is recorded once, while the payment is open', async () => {
    given(paymentDecider, card).when(action).then([required]);
    given(paymentDecider, [...card, required]).when(action).thenNothing();
    given(paymentDecider, [...card, captured()]).when(action).thenNothing();
    given(paymentDecider, [...card, expired]).when(action).thenNothing();
    given(paymentDecider, [opened('cash')]).when(action).thenRefused('payment-method-mismatch', { method: 'cash' });
    given(paymentDecider).when(action).thenRefused('payment-not-opened');
  });
  t.test('leaves the charge known when the payment ends', async (t) => {
    t.match(stateAfter(paymentDecider, [...card, required, expired]), { status: 'expired', charge: 'charge' });
  });
});

t.test('of a refund', async (t) => {
  const paid = [...card, captured()];
  t.test('one that was asked for here is completed, in part or in full', async () => {
    const asked = [...paid, example.refundRequested('40.00')];
    const fact = refund({ refundId: 'refund', amount: '40.00' });
    given(paymentDecider, asked).when(notice(fact)).then([received(fact), example.refunded('40.00', false, 'refund', 're_1')]);
    given(paymentDecider, [...asked, example.refunded('40.00', false)]).when(notice(fact)).then([received(fact)]);
  });
  t.test('one that was made at the provider is one of the payment', async () => {
    const fact = refund({ amount: '30.00' });
    given(paymentDecider, paid).when(notice(fact)).then([received(fact), requestedThere('30.00'), example.refunded('30.00', false, 'provider-re_1', 're_1')]);
  });
  t.test('of one that is under way the amount is kept back', async (t) => {
    const fact = refund({ status: 'pending', amount: '30.00' });
    given(paymentDecider, paid).when(notice(fact)).then([received(fact), requestedThere('30.00')]);
    const state = stateAfter(paymentDecider, [...paid, requestedThere('30.00')]);
    t.equal(isCaptured(state) && refundable(state), '70.00');
  });
  t.test('more than is left is not given back twice', async () => {
    given(paymentDecider, [...paid, example.refundRequested('100.00')]).when(notice(refund())).then([received(refund())]);
  });
  t.test('one that failed frees its amount', async () => {
    const asked = [...paid, example.refundRequested('40.00')];
    const failed = refund({ refundId: 'refund', amount: '40.00', status: 'failed', reason: 'account closed' });
    const failure: PaymentEvent = {
      type: 'PaymentRefundFailed',
      data: { paymentId, refundId: 'refund', amount: '40.00', currency: 'EUR', reason: 'account closed', outcome: 'refused', reference: 're_1', failedAt: at },
    };
    given(paymentDecider, asked).when(notice(failed)).then([received(failed), failure]);
  });
  t.test('pitfall 10: one whose failure is told before its success was made and came back', async () => {
    const asked = [...paid, example.refundRequested('40.00'), { ...example.refundFailed('40.00'), data: { ...example.refundFailed('40.00').data, reference: 're_1' } }] as PaymentEvent[];
    const older = refund({ refundId: 'refund', amount: '40.00' });
    const reversed: PaymentEvent = {
      type: 'PaymentRefundReversed',
      data: { paymentId, refundId: 'refund', amount: '40.00', currency: 'EUR', reason: 'the provider says that it failed', reversedAt: at },
    };
    const made = example.refunded('40.00', false, 'refund', 're_1');
    given(paymentDecider, asked).when(notice(older)).then([received(older), made, reversed]);
    given(paymentDecider, [...asked, made, reversed]).when(notice(older)).then([received(older)]);
  });
  t.test('one that came back after it was made can be made again', async (t) => {
    const refunded = [...paid, example.refundRequested('100.00'), example.refunded('100.00', true)];
    const failed = refund({ refundId: 'refund', status: 'failed', reason: 'account closed' });
    const reversed: PaymentEvent = {
      type: 'PaymentRefundReversed',
      data: { paymentId, refundId: 'refund', amount: '100.00', currency: 'EUR', reason: 'account closed', reversedAt: at },
    };
    given(paymentDecider, refunded).when(notice(failed)).then([received(failed), reversed]);
    const state = stateAfter(paymentDecider, [...refunded, reversed]);
    t.match(state, { refunded: '0.00', committed: '0.00' });
    given(paymentDecider, [...refunded, reversed]).when(example.requestRefund(null, 'again')).then([example.refundRequested('100.00', 'again')]);
  });
});

t.test('of a dispute', async (t) => {
  const paid = [...card, captured()];
  t.test('nothing is refunded while it is open', async () => {
    given(paymentDecider, paid).when(notice(dispute())).then([received(dispute()), disputed]);
    given(paymentDecider, [...paid, disputed]).when(example.requestRefund('10.00')).thenRefused('payment-disputed');
    given(paymentDecider, [...paid, disputed, disputeClosed('won')]).when(example.requestRefund('10.00')).then([example.refundRequested('10.00')]);
  });
  t.test('won, the money stays', async () => {
    const won = dispute({ status: 'won' });
    given(paymentDecider, [...paid, disputed]).when(notice(won)).then([received(won), disputeClosed('won')]);
  });
  t.test('lost, what was left of the money is gone, and the purchase with it', async () => {
    const lost = dispute({ status: 'lost' });
    const gone = [requestedThere('100.00', 'dispute-dp_1', 'dispute lost'), example.refunded('100.00', true, 'dispute-dp_1', 'dp_1')];
    given(paymentDecider, [...paid, disputed]).when(notice(lost)).then([received(lost), disputeClosed('lost'), ...gone]);
    given(paymentDecider, paid).when(notice(lost)).then([received(lost), disputed, disputeClosed('lost'), ...gone]);
  });
  t.test('money that was refunded before is not taken off again', async () => {
    const lost = dispute({ status: 'lost' });
    const part = [...paid, example.refundRequested('70.00'), example.refunded('70.00', false)];
    given(paymentDecider, [...part, disputed]).when(notice(lost)).then([
      received(lost), disputeClosed('lost'), requestedThere('30.00', 'dispute-dp_1', 'dispute lost'), example.refunded('30.00', true, 'dispute-dp_1', 'dp_1'),
    ]);
  });
});

/** Without the order in which it came about. */
const outcomeOf = (state: Payment) => {
  if (!isCaptured(state)) return { status: state.status };
  const { status, amount, refunded, committed, takenBack, refunds, disputes, left } = state;
  return { status, amount, refunded, committed, takenBack, left, refunds: refunds.toJS(), disputes: disputes.toJS() };
};

t.test('pitfall 10: notices in every order, and doubled, end alike', async (t) => {
  const stories: Readonly<Record<string, readonly ProviderFact[]>> = {
    'a refund at the provider': [charge({ status: 'pending' }), charge(), refund({ status: 'pending', amount: '40.00' }), refund({ amount: '40.00' })],
    'a refund that failed later': [charge(), refund({ status: 'pending' }), refund(), refund({ status: 'failed', reason: 'closed' })],
    'a dispute that was lost': [charge({ status: 'action-required' }), charge(), dispute(), dispute({ status: 'lost' })],
    'a dispute that was won': [charge({ status: 'pending' }), charge(), dispute(), dispute({ status: 'won' })],
  };
  for (const [name, facts] of Object.entries(stories)) {
    for (const start of [[], [example.open()]] as const) {
      const outcomes = permutations(facts.map((fact, index) => notice(fact, { noticeId: `evt_${index}` }))).map((order) => {
        const doubled = order.flatMap((command) => [command, command]);
        return outcomeOf(play([...start, ...doubled, ...(start.length === 0 ? [example.open()] : [])]));
      });
      t.equal(outcomes.length, 24);
      for (const outcome of outcomes) t.same(outcome, outcomes[0], name);
      t.equal(outcomes[0]?.status, 'captured', name);
    }
  }
});
