import { couponDecider, type CouponCommand } from '../../src/domain/coupon/decider.js';
import type { CouponEvent } from '../../src/domain/coupon/events.js';
import { courseDecider, type CourseCommand } from '../../src/domain/course/decider.js';
import type { CourseEvent } from '../../src/domain/course/events.js';
import type { Decider } from '../../src/domain/kernel/decider.js';
import { enrollmentDecider, type EnrollmentCommand } from '../../src/domain/enrollment/decider.js';
import type { EnrollmentEvent } from '../../src/domain/enrollment/events.js';
import { paymentDecider, type PaymentCommand } from '../../src/domain/payment/decider.js';
import type { PaymentEvent } from '../../src/domain/payment/events.js';
import { checkoutProcess, type Checkout } from '../../src/processes/checkout/checkout.js';
import type { ProcessCommand, TimerElapsed } from '../../src/processes/process.js';
import { quoteOf } from '../fixtures/quotes.js';
import * as course from './course-examples.js';

const { at, courseId, holdUntil } = course;
export const couponTerms = (maxUses: number) => ({
  kind: 'platform_wide' as const,
  courseId: null,
  benefit: { type: 'percentage' as const, percent: '10' },
  applicableOn: 'both' as const,
  maxUses,
  expiresAt: null,
});
const quote = quoteOf([[courseId, '20.00', '2.00', 'Algebra']], { currency: 'EUR', couponCode: 'SPRING' });

export type SimulatedEvent = CouponEvent | CourseEvent | EnrollmentEvent | PaymentEvent;

/** The streams of one aggregate, whose events also go into the log of all. */
class Streams<State, Command, Event extends SimulatedEvent, Rejection extends string> {
  readonly #states = new Map<string, State>();

  constructor(
    readonly decider: Decider<State, Command, Event, Rejection>,
    readonly log: SimulatedEvent[],
  ) {}

  state(id: string): State {
    return this.#states.get(id) ?? this.decider.initialState();
  }

  states(): readonly State[] {
    return [...this.#states.values()];
  }

  /** Whether it was accepted. */
  send(id: string, command: Command): boolean {
    const decision = this.decider.decide(command, this.state(id));
    if (!decision.ok) return false;
    for (const event of decision.events) {
      this.#states.set(id, this.decider.evolve(this.state(id), event));
      this.log.push(event);
    }
    return true;
  }
}

type Step = () => boolean;

interface Purchase {
  readonly paymentId: string;
  readonly studentId: string;
  readonly steps: Step[];
}

/** One course with few seats, one coupon with few uses, and the program's own checkout process between them. */
export class PurchaseSimulation {
  readonly log: SimulatedEvent[] = [];
  readonly coupons = new Streams(couponDecider, this.log);
  readonly courses = new Streams(courseDecider, this.log);
  readonly enrollments = new Streams(enrollmentDecider, this.log);
  readonly payments = new Streams(paymentDecider, this.log);
  readonly purchases: Purchase[] = [];
  readonly #checkouts = new Map<string, Checkout>();
  /** The saga's commands, event by event. */
  readonly #commands: (readonly ProcessCommand[])[] = [];

  constructor(maxUses: number, capacity: number) {
    const terms = couponTerms(maxUses);
    this.coupon({ type: 'IssueCoupon', data: { couponId: 'coupon', code: 'SPRING', terms, issuedBy: 'admin', at } });
    this.course(course.create({ capacity, published: true }));
  }

  coupon(command: CouponCommand): boolean {
    return this.coupons.send('SPRING', command);
  }

  course(command: CourseCommand): boolean {
    return this.courses.send(courseId, command);
  }

  payment(paymentId: string, command: PaymentCommand): boolean {
    return this.payments.send(paymentId, command);
  }

  enrollment(command: EnrollmentCommand): boolean {
    return this.enrollments.send(command.data.studentId, command);
  }

  /** A purchase that nobody walks to its last step stands for a process that died on the way. */
  begin(studentId: string, method: 'card' | 'cash'): void {
    const paymentId = `payment-${this.purchases.length}`;
    const { lines: [line] } = quote;
    const lines = line === undefined ? [] : [line];
    const wanted = { paymentId, accountId: studentId, lines, currency: 'EUR', expectedDiscount: '2.00', holdUntil, at };
    const opening = { paymentId, payerId: studentId, method, quote, token: null, expiresAt: holdUntil, at };
    const steps: Step[] = [
      () => this.enrollment({ type: 'HoldEnrollment', data: { studentId, courseId, paymentId, holdUntil, at } }),
      () => this.course({ type: 'ReserveSeat', data: { holdId: paymentId, studentId, holdUntil, at } }),
      () => this.coupon({ type: 'ReserveCoupon', data: wanted }),
      () => this.payment(paymentId, { type: 'OpenPayment', data: opening }),
    ];
    this.purchases.push({ paymentId, studentId, steps });
  }

  step({ paymentId, steps }: Purchase): void {
    const step = steps.shift();
    if (step === undefined || step()) return;
    steps.length = 0;
    this.payment(paymentId, { type: 'ExpirePayment', data: { paymentId, at } });
  }

  /** The saga goes on by one event. */
  handleNext(): void {
    const event = this.log[this.#commands.length];
    if (event === undefined) return;
    const processId = checkoutProcess.correlate(event);
    this.#commands.push(processId === null ? [] : this.#advance(processId, event));
    this.#carryOut(this.#commands.length - 1);
  }

  /** Repeats the commands of an event: their aggregates must accept repeats. */
  handle(index: number): void {
    this.#carryOut(index);
  }

  /** Everything that is under way comes to its end: timeouts, late money, refunds. */
  settle(): void {
    for (let round = 0; round < 20; round += 1) {
      this.#handleAll();
      const settled = [this.#elapseTimers(), this.#answerRefunds()];
      if (!settled.includes(true)) return;
    }
    throw new Error('the world does not come to rest');
  }

  #handleAll(): void {
    while (this.#commands.length < this.log.length) this.handleNext();
  }

  #elapseTimers(): boolean {
    const due = [...this.#checkouts.values()].filter(({ dueAt }) => dueAt !== null);
    for (const { paymentId, dueAt } of due) {
      if (dueAt === null) continue;
      const commands = this.#advance(paymentId, { type: 'TimerElapsed', data: { dueAt } });
      for (const command of commands) this.#dispatch(command);
    }
    return due.length > 0;
  }

  #answerRefunds(): boolean {
    const answered = this.payments.states().flatMap((state) => {
      if (state.status !== 'captured' && state.status !== 'captured-late') return [];
      const { paymentId, refunds } = state;
      return [...refunds.entries()].flatMap(([refundId, { status }]) => (status === 'requested' ? [{ paymentId, refundId }] : []));
    });
    for (const { paymentId, refundId } of answered) {
      this.payment(paymentId, { type: 'RecordRefund', data: { refundId, reference: null, at } });
    }
    return answered.length > 0;
  }

  #advance(paymentId: string, input: SimulatedEvent | TimerElapsed): readonly ProcessCommand[] {
    const before = this.#checkouts.get(paymentId) ?? checkoutProcess.initialState(paymentId);
    const { state, commands, dueAt } = checkoutProcess.react(before, input, at);
    this.#checkouts.set(paymentId, { ...state, dueAt });
    return commands;
  }

  #carryOut(index: number): void {
    for (const command of this.#commands[index] ?? []) this.#dispatch(command);
  }

  #dispatch({ aggregate, id, command }: ProcessCommand): void {
    switch (aggregate) {
      case 'coupon': return void this.coupon(command);
      case 'course': return void this.course(command);
      case 'enrollment': return void this.enrollment(command);
      case 'payment': return void this.payment(id, command);
      // Carts and invoices hold nothing that has to come back.
      default: return;
    }
  }
}
