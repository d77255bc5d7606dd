import t from 'tap';
import { creditRefund } from '../../../src/commands/invoices/credit-refund.js';
import { invoicePayment } from '../../../src/commands/invoices/invoice-payment.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { minorUnits, subtractMoney, sumMoney, toMinorPrecision, zero } from '../../../src/domain/kernel/money.js';
import { paymentDecider, refundable, type Payment, type PaymentCommand } from '../../../src/domain/payment/decider.js';
import type { PaymentEvent, Quote } from '../../../src/domain/payment/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, handlerOver } from '../../fixtures/command-services.js';
import { fc } from '../../fixtures/properties.js';

const at = '2026-03-01T12:00:00.000Z';
const paymentId = 'p1';

const inUnits = (units: number, currency: string): string => toMinorPrecision(units / 10 ** minorUnits(currency), currency);

interface Bought {
  readonly price: number;
  readonly off: number;
}

const quoteOf = (bought: readonly Bought[], currency: string): Quote => {
  const lines = bought.map(({ price, off }, index) => {
    const [listPrice, discount] = [inUnits(price, currency), inUnits(Math.min(off, price), currency)];
    return { courseId: `c${index}`, title: `Course ${index}`, listPrice, discount, total: subtractMoney(listPrice, discount) };
  });
  const sum = (of: (line: Quote['lines'][number]) => string) => sumMoney(lines.map(of), currency);
  const [subtotal, discount, total] = [sum(({ listPrice }) => listPrice), sum((line) => line.discount), sum((line) => line.total)];
  return { lines, subtotal, discount, total, currency, couponCode: null };
};

const paidFor = async (quote: Quote) => {
  const store = new MemoryEventStore<DomainEvent>();
  const handler = handlerOver(store);
  const send = (command: PaymentCommand) => handler.handle(aggregates.payment, paymentId, command, contextFor());
  const { total: amount, currency } = quote;
  const opening = { paymentId, payerId: 's1', method: 'card', quote, token: null, expiresAt: '2026-03-01T12:15:00.000Z', at } as const;
  await send({ type: 'OpenPayment', data: opening });
  await send({ type: 'RecordCapture', data: { reference: null, amount, currency, at } });
  await invoicePayment({ handler })({ paymentId, at }, contextFor());

  const payment = async () => {
    const { state } = await handler.load(aggregates.payment, paymentId);
    if (state.status !== 'captured') throw new Error(`the payment is ${state.status}`);
    return state;
  };
  const totalsOf = async (invoiceId: string) => {
    const { state } = await handler.load(aggregates.invoice, invoiceId);
    return state.status === 'none' ? undefined : state.content.items.map((item) => item.total);
  };
  const refundsMade = async () => {
    const made: Extract<PaymentEvent, { type: 'PaymentRefunded' }>['data'][] = [];
    for await (const event of store.readStream(`payment-${paymentId}`)) if (event.type === 'PaymentRefunded') made.push(event.data);
    return made;
  };
  /** The sum of all credit notes, line by line. */
  const credited = async () => {
    const notes: (readonly string[])[] = [];
    for (const { refundId, amount: part } of await refundsMade()) {
      await creditRefund({ handler })({ paymentId, refundId, amount: part, at }, contextFor());
      notes.push((await totalsOf(refundId)) ?? []);
    }
    return quote.lines.map((_, index) => sumMoney(notes.map((note) => note[index] ?? zero(currency)), currency));
  };
  const request = (refundId: string, part: string | null, courseIds?: readonly string[]) => {
    const named = courseIds === undefined ? {} : { courseIds };
    return send({ type: 'RequestRefund', data: { refundId, amount: part, reason: null, requestedBy: null, ...named, at } });
  };
  const succeed = (refundId: string) => send({ type: 'RecordRefund', data: { refundId, reference: null, at } });
  const fail = (refundId: string) => send({ type: 'RecordRefundFailure', data: { refundId, reason: 'closed', outcome: 'unknown', at } });
  return { store, handler, payment, totalsOf, credited, request, succeed, fail };
};

const refundIds = fc.constantFrom('r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8');
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('request' as const), refundId: refundIds, share: fc.integer({ min: 1, max: 1_000 }) }),
    fc.record({
      kind: fc.constant('take-back' as const),
      refundId: refundIds,
      courseIds: fc.uniqueArray(fc.constantFrom('c0', 'c1', 'c2', 'c3'), { minLength: 1 }),
    }),
    fc.record({ kind: fc.constantFrom('succeed' as const, 'fail' as const), refundId: refundIds }),
  ),
  { maxLength: 40, size: 'max' },
);
const bought = fc.array(fc.record({ price: fc.integer({ min: 1, max: 3_000 }), off: fc.integer({ min: 0, max: 40 }) }), { minLength: 1, maxLength: 7 });

void t.test('issue 9.12: in whatever parts, the notes of a fully refunded payment mirror its invoice line by line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('JPY', 'EUR', 'KWD'), bought, steps, async (currency, courses, parts) => {
      const quote = quoteOf(courses, currency);
      fc.pre(quote.total !== zero(currency));
      const shop = await paidFor(quote);
      for (const step of parts) {
        if (step.kind === 'request') {
          const left = refundable(await shop.payment());
          await shop.request(step.refundId, toMinorPrecision(Number(left) * (step.share / 1_000), currency));
        } else if (step.kind === 'take-back') await shop.request(step.refundId, null, step.courseIds);
        else await shop[step.kind](step.refundId);
      }
      for (const [refundId, { status }] of (await shop.payment()).refunds) if (status === 'requested') await shop.succeed(refundId);
      await shop.request('the-rest', null);
      await shop.succeed('the-rest');
      const [invoiced, credited] = [await shop.totalsOf(paymentId), await shop.credited()];
      return invoiced !== undefined && invoiced.every((total, index) => total === credited[index]);
    }),
    { numRuns: 60 },
  );
});

const twice = (price: number) => [{ price, off: 0 }, { price, off: 0 }];

void t.test('issue 9.12: one cent of 10 and 10, then the rest: 10 and 10 are credited', async (t) => {
  const shop = await paidFor(quoteOf(twice(1_000), 'EUR'));
  for (const [refundId, amount] of [['r1', '0.01'], ['r2', null]] as const) {
    await shop.request(refundId, amount);
    await shop.succeed(refundId);
  }
  t.strictSame(await shop.credited(), ['10.00', '10.00']);
  t.strictSame([await shop.totalsOf('r1'), await shop.totalsOf('r2')], [['0.01', '0.00'], ['9.99', '10.00']]);
});

void t.test('issue 9.12: a refund that came through after it had failed takes what the others left', async (t) => {
  const shop = await paidFor(quoteOf([{ price: 1_000, off: 0 }, { price: 500, off: 0 }, { price: 1, off: 0 }], 'EUR'));
  await shop.request('r1', '0.02');
  await shop.fail('r1');
  await shop.request('r2', '14.99');
  await shop.succeed('r2');
  await shop.succeed('r1');
  t.strictSame(await shop.credited(), ['10.00', '5.00', '0.01']);
});

void t.test('issue 9.12: a refund of before lines were recorded keeps its note, and the rest is credited on what that left', async (t) => {
  const shop = await paidFor(quoteOf(twice(1_000), 'EUR'));
  const old = { paymentId, refundId: 'r1', amount: '0.01', currency: 'EUR' };
  const events: readonly PaymentEvent[] = [
    { type: 'PaymentRefundRequested', data: { ...old, reason: null, requestedBy: null, requestedAt: at } },
    { type: 'PaymentRefunded', data: { ...old, full: false, reference: null, refundedAt: at } },
  ];
  const paid: Payment = await shop.payment();
  const state = events.reduce(paymentDecider.evolve, paid);
  t.match(state, { left: ['9.99', '10.00'], committed: '0.01', refunded: '0.01' });
  const rest = { refundId: 'r2', amount: null, reason: null, requestedBy: null, at };
  t.match(paymentDecider.decide({ type: 'RequestRefund', data: rest }, state), {
    events: [{ data: { lines: [{ courseId: 'c0', amount: '9.99' }, { courseId: 'c1', amount: '10.00' }] } }],
  });
});
