import t from 'tap';
import type { CommandContext } from '../../../src/commands/context.js';
import type { CommandHandler } from '../../../src/commands/write-path/command-handler.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { EventStore, RecordedEvent } from '../../../src/ports/event-store.js';
import { URL_NAMESPACE, uuidV5 } from '../../../src/primitives/uuid-v5.js';
import { checkoutProcess } from '../../../src/processes/checkout/checkout.js';
import { processTimersProjection } from '../../../src/projections/process-timers/projection.js';
import { nextTimers } from '../../../src/projections/process-timers/queries.js';
import { defineProcess } from '../../../src/processes/process-decider.js';
import { commandDispatch } from '../../../src/workers/processes/command-dispatch.js';
import { PastCommands, type DoneCommands } from '../../../src/workers/loops/past-commands.js';
import { ProcessRunner } from '../../../src/workers/processes/process-runner.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryCheckpoints } from '../../doubles/memory-checkpoints.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { MortalEventStore, type Death } from '../../doubles/mortal-event-store.js';
import { handlerOver } from '../../fixtures/command-services.js';
import { Projected } from '../../projections/projected.js';
import { quoteOf } from '../../fixtures/quotes.js';

const at = '2026-03-01T12:00:00.000Z';
const until = '2026-03-01T12:15:00.000Z';
const paymentId = uuidV5('payment', URL_NAMESPACE);
/** What left no event is asked about again: a cart that held nothing of the purchase, inputs that changed nothing. */
const SILENT_COMMANDS = 4;
const followers = ['process:checkout:inbox', 'process:checkout:outbox'];
const quote = quoteOf([['c1', '30.00', '3.00', 'One']], { couponCode: 'SAVE10' });
const context = (step: string): CommandContext => ({
  commandId: uuidV5(step, URL_NAMESPACE), actorId: 's1', correlationId: 'request', causationId: 'request',
});

interface Machine {
  readonly log: MemoryEventStore<DomainEvent>;
  readonly checkpoints: MemoryCheckpoints;
  readonly clock: FakeClock;
}
const machine = (): Machine => ({ log: new MemoryEventStore<DomainEvent>(), checkpoints: new MemoryCheckpoints(), clock: new FakeClock(at) });

const boot = ({ checkpoints, clock }: Machine, store: EventStore<DomainEvent>, past?: DoneCommands) => {
  const handler = handlerOver(store, clock);
  const refusals: string[] = [];
  const failed = new AbortController();
  const runner = new ProcessRunner(
    {
      store, checkpoints, clock, handler,
      dispatch: commandDispatch(handler),
      onRefused: (_process, _id, command, rejection) => refusals.push(`${command}: ${rejection}`),
      onFailure: () => failed.abort(),
      ...(past && { past }),
    },
    defineProcess(checkoutProcess),
  );
  return { handler, runner, refusals, failed: failed.signal };
};

/** A course with one seat, a coupon of one use, and a purchase of it that was opened. */
const purchase = async (handler: CommandHandler): Promise<void> => {
  const actor = { accountId: 'teacher', isAdmin: false };
  const seat = { holdId: paymentId, studentId: 's1', holdUntil: until, at };
  await handler.handle(aggregates.course, 'c1', {
    type: 'CreateCourse',
    data: {
      courseId: 'c1', instructorId: 'teacher', title: 'One', description: 'd', thumbnailUrl: null, level: 'beginner', category: 'x', tags: [],
      price: '30.00', currency: 'USD', organizationId: null, organizationPrivate: false, capacity: 1, published: true, actor, at,
    },
  }, context('course'));
  await handler.handle(aggregates.coupon, 'SAVE10', {
    type: 'IssueCoupon',
    data: {
      couponId: 'k1', code: 'SAVE10', issuedBy: 'teacher', at,
      terms: { kind: 'platform_wide', courseId: null, benefit: { type: 'percentage', percent: '10' }, applicableOn: 'both', maxUses: 1, expiresAt: null },
    },
  }, context('coupon'));
  await handler.handle(aggregates.enrollment, 's1.c1', { type: 'HoldEnrollment', data: { studentId: 's1', courseId: 'c1', paymentId, holdUntil: until, at } }, context('hold'));
  await handler.handle(aggregates.course, 'c1', { type: 'ReserveSeat', data: seat }, context('seat'));
  await handler.handle(aggregates.coupon, 'SAVE10', {
    type: 'ReserveCoupon',
    data: { paymentId, accountId: 's1', lines: [{ courseId: 'c1', listPrice: '30.00' }], currency: 'USD', expectedDiscount: '3.00', holdUntil: until, at },
  }, context('use'));
};

const open = (handler: CommandHandler) =>
  handler.handle(aggregates.payment, paymentId, {
    type: 'OpenPayment', data: { paymentId, payerId: 's1', method: 'card', quote, token: null, expiresAt: until, at },
  }, context('open'));

/** The events of each stream: types and data, without ids and times of the run. */
const history = async (log: MemoryEventStore<DomainEvent>): Promise<Record<string, unknown[]>> => {
  const streams: Record<string, unknown[]> = {};
  for await (const { stream, type, data } of log.readAll()) (streams[stream] ??= []).push({ type, data });
  return streams;
};

const recordedIn = async (log: MemoryEventStore<DomainEvent>): Promise<RecordedEvent<DomainEvent>[]> => {
  const events: RecordedEvent<DomainEvent>[] = [];
  for await (const event of log.readAll()) events.push(event);
  return events;
};

/** Those that the read model shows. */
const timersOf = async (log: MemoryEventStore<DomainEvent>) => nextTimers(new Projected(processTimersProjection, await recordedIn(log)), 'checkout', 10);

const runUntilLevel = async (booted: ReturnType<typeof boot>, { log, checkpoints }: Machine): Promise<void> => {
  const stop = new AbortController();
  const running = booted.runner.run(stop.signal);
  const dead = new Promise<void>((resolve) => booted.failed.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([checkpoints.whenLevel(followers, () => log.head()), dead]);
  stop.abort();
  await running;
};

const endings = {
  captured: { type: 'RecordCapture', data: { reference: 'r', amount: '27.00', currency: 'USD', at } },
  declined: { type: 'RecordDecline', data: { reason: 'no', at } },
  cancelled: { type: 'CancelPayment', data: { cancelledBy: 's1', reason: null, at } },
  expired: { type: 'ExpirePayment', data: { paymentId, at } },
} as const;

/** Plays the purchase to its end; the runner dies where it is told to, and is started again. */
const play = async (ending: keyof typeof endings, death: Death | null) => {
  const host = machine();
  const { handler } = boot(host, host.log);
  await purchase(handler);
  await open(handler);
  await handler.handle(aggregates.payment, paymentId, endings[ending], context('end'));
  const mortal = new MortalEventStore(host.log, death);
  const first = boot(host, mortal);
  await runUntilLevel(first, host);
  const second = boot(host, host.log);
  await runUntilLevel(second, host);
  return { history: await history(host.log), appends: mortal.appends, died: mortal.isDead, refusals: [...first.refusals, ...second.refusals] };
};

for (const ending of Object.keys(endings) as (keyof typeof endings)[]) {
  t.test(`a payment that is ${ending}: killed at any append, before or after it, and started again, the end is the same`, async (t) => {
    const whole = await play(ending, null);
    t.ok(whole.appends >= 4, `${whole.appends} appends`);
    t.same(whole.refusals, []);
    for (let atAppend = 1; atAppend <= whole.appends; atAppend += 1) {
      for (const afterwards of [false, true]) {
        const killed = await play(ending, { atAppend, afterwards });
        t.ok(killed.died);
        t.same(killed.history, whole.history, `killed ${afterwards ? 'after' : 'before'} append ${atAppend}`);
      }
    }
  });
}

for (const ending of Object.keys(endings) as (keyof typeof endings)[]) {
  t.test(`issue 18.5: a payment that is ${ending}: begun anew without checkpoints after a death at any append, what is done is known from the log and the rest is done`, async (t) => {
    const whole = await play(ending, null);
    for (let atAppend = 1; atAppend <= whole.appends; atAppend += 1) {
      const host = machine();
      const { handler } = boot(host, host.log);
      await purchase(handler);
      await open(handler);
      await handler.handle(aggregates.payment, paymentId, endings[ending], context('end'));
      const mortal = new MortalEventStore(host.log, { atAppend, afterwards: true });
      await runUntilLevel(boot(host, mortal), host);
      const anew = { ...host, checkpoints: new MemoryCheckpoints() };
      await runUntilLevel(boot(anew, host.log, new PastCommands(host.log)), anew);
      t.same(await history(host.log), whole.history, `killed after append ${atAppend}`);

      const again = { ...host, checkpoints: new MemoryCheckpoints() };
      const counted = new MortalEventStore(host.log, null);
      await runUntilLevel(boot(again, counted, new PastCommands(host.log)), again);
      t.equal(counted.appends, 0);
      t.ok(counted.streamReads <= SILENT_COMMANDS, `${counted.streamReads} reads`);
    }
  });
}

t.test('pitfall 7: decline, cancellation and expiry release the coupon and the seat for others; capture keeps them', async (t) => {
  for (const ending of Object.keys(endings) as (keyof typeof endings)[]) {
    const types = Object.values((await play(ending, null)).history).flat().map((event) => (event as { type: string }).type);
    t.equal(types.includes('CouponReleased'), ending !== 'captured', ending);
    t.equal(types.includes('CourseSeatReleased'), ending !== 'captured', ending);
    t.equal(types.filter((type) => type === 'CouponRedeemed').length, ending === 'captured' ? 1 : 0, 'pitfall 6: exactly one redemption');
    t.equal(types.includes('StudentEnrolled'), ending === 'captured', ending);
  }
});

for (const ending of Object.keys(endings) as (keyof typeof endings)[]) {
  t.test(`pitfall 19: a payment that is ${ending}: doubled and shuffled deliveries end the same`, async (t) => {
    const host = machine();
    const { handler, runner, refusals } = boot(host, host.log);
    await purchase(handler);
    await open(handler);
    await handler.handle(aggregates.payment, paymentId, endings[ending], context('end'));
    await runUntilLevel(boot(host, host.log), host);
    const before = await history(host.log);
    const all: RecordedEvent<DomainEvent>[] = [];
    for await (const event of host.log.readAll()) all.push(event);
    await runner.takeIn(all.toReversed());
    await runner.carryOut([...all, ...all.toReversed()]);
    t.same(await history(host.log), before);
    t.same(refusals, []);
  });
}

t.test('an input that changes nothing leaves no trace: one step for each hold, one for the payment, one for its end', async (t) => {
  const steps = async (ending: keyof typeof endings) => {
    const { history } = await play(ending, null);
    return (history[`checkout-${paymentId}`] ?? []).map((event) => (event as { data: { inputType: string } }).data.inputType);
  };
  const begun = ['EnrollmentHeld', 'CourseSeatReserved', 'CouponReserved', 'PaymentOpened'];
  t.same(await steps('captured'), [...begun, 'PaymentCaptured']);
  t.same(await steps('declined'), [...begun, 'PaymentDeclined']);
});

t.test('what changes nothing is taken in twice, and late, and still changes nothing', async (t) => {
  const host = machine();
  const { handler, runner } = boot(host, host.log);
  await purchase(handler);
  await open(handler);
  await handler.handle(aggregates.payment, paymentId, endings.captured, context('end'));
  await runUntilLevel(boot(host, host.log), host);
  const refund = { refundId: 'f1', amount: '7.00', reason: null, requestedBy: null, at };
  await handler.handle(aggregates.payment, paymentId, { type: 'RequestRefund', data: refund }, context('refund'));
  const failure = { refundId: 'f1', reason: 'closed', outcome: 'refused', at } as const;
  await handler.handle(aggregates.payment, paymentId, { type: 'RecordRefundFailure', data: failure }, context('failure'));
  const failed: RecordedEvent<DomainEvent>[] = [];
  for await (const event of host.log.readStream(`payment-${paymentId}`)) if (event.type === 'PaymentRefundFailed') failed.push(event);
  t.equal(failed.length, 1);
  const before = await host.log.head();
  await runner.takeIn([...failed, ...failed]);
  t.equal(await host.log.head(), before, 'nothing is recorded');
  await handler.handle(aggregates.payment, paymentId, { type: 'RequestRefund', data: { ...refund, refundId: 'f2', amount: null } }, context('again'));
  await handler.handle(aggregates.payment, paymentId, { type: 'RecordRefund', data: { refundId: 'f2', reference: null, at } }, context('done'));
  await runUntilLevel(boot(host, host.log), host);
  const after = await host.log.head();
  await runner.takeIn(failed);
  t.equal(await host.log.head(), after, 'also when the purchase has gone on');
});

t.test('a hold whose payment was never opened ends by its timer, and the late payment is refused', async (t) => {
  const host = machine();
  const booted = boot(host, host.log);
  await purchase(booted.handler);
  await runUntilLevel(booted, host);
  host.clock.set(until);
  const [timer] = await timersOf(host.log);
  if (timer === undefined) throw new Error('no timer runs');
  t.equal(timer.dueAt, until);
  await booted.runner.elapse(timer);
  await booted.runner.elapse(timer);
  await runUntilLevel(boot(host, host.log), host);
  t.match(await boot(host, host.log).handler.load(aggregates.coupon, 'SAVE10'), { state: { status: 'issued' } });
  const types = Object.values(await history(host.log)).flat().map((event) => (event as { type: string }).type);
  for (const type of ['PaymentExpired', 'CouponReleased', 'CourseSeatReleased', 'EnrollmentHoldReleased']) {
    t.equal(types.filter((each) => each === type).length, 1, type);
  }
  t.match(await open(boot(host, host.log).handler), { ok: false, rejection: 'payment-already-ended' });

  const events = await recordedIn(host.log);
  t.same([...new Set(events.map(({ metadata }) => metadata.correlationId))], ['request'], 'what the timer did belongs to the request that set it');
  const elapsed = events.find(({ type, data }) => type === 'ProcessAdvanced' && data.inputType === 'TimerElapsed');
  const setter = events.find(({ type, data }) => type === 'ProcessAdvanced' && data.dueAt === until);
  t.equal(elapsed?.metadata.causationId, setter?.id, 'its cause is the step that set it, and none of those that it ran through');
});

t.test('a timer of a build that kept no cause elapses all the same', async (t) => {
  const host = machine();
  const booted = boot(host, host.log);
  await purchase(booted.handler);
  await runUntilLevel(booted, host);
  host.clock.set(until);
  await booted.runner.elapse({ processId: paymentId, dueAt: until });
  const last = (await recordedIn(host.log)).at(-1);
  t.match(last, { type: 'ProcessAdvanced', data: { inputType: 'TimerElapsed' } });
  t.equal(last?.metadata.causationId, last?.metadata.commandId);
});

t.test('a refusal of what the process asked for is on record', async (t) => {
  const host = machine();
  const booted = boot(host, host.log);
  await purchase(booted.handler);
  await open(booted.handler);
  // Somebody released the coupon behind the payment's back: redeeming it is refused.
  await booted.handler.handle(aggregates.coupon, 'SAVE10', { type: 'ReleaseCoupon', data: { paymentId, reason: 'by hand', at } }, context('by hand'));
  await booted.handler.handle(aggregates.payment, paymentId, endings.captured, context('end'));
  await runUntilLevel(booted, host);
  t.equal(booted.refusals.length, 1);
  const types = Object.values(await history(host.log)).flat().map((event) => (event as { type: string }).type);
  t.equal(types.filter((type) => type === 'ProcessCommandRefused').length, 1);
  t.ok(types.includes('StudentEnrolled'), 'the rest is carried out');
});
