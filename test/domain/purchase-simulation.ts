import { couponDecider, type CouponCommand } from '../../src/domain/coupon/decider.js';
import type { CouponEvent } from '../../src/domain/coupon/events.js';
import { courseDecider, type CourseCommand } from '../../src/domain/course/decider.js';
import type { CourseEvent } from '../../src/domain/course/events.js';
import type { Decider } from '../../src/domain/decider.js';
import { enrollmentDecider, type EnrollmentCommand } from '../../src/domain/enrollment/decider.js';
import type { EnrollmentEvent } from '../../src/domain/enrollment/events.js';
import { paymentDecider, type PaymentCommand } from '../../src/domain/payment/decider.js';
import type { PaymentEvent, Quote } from '../../src/domain/payment/events.js';
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
const quote: Quote = {
  lines: [{ courseId, title: 'Algebra', listPrice: '20.00', discount: '2.00', total: '18.00' }],
  subtotal: '20.00',
  discount: '2.00',
  total: '18.00',
  currency: 'EUR',
  couponCode: 'SPRING',
};

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

/** One course with few seats, one coupon with few uses, and the checkout flow of the program in small. */
export class PurchaseSimulation {
  readonly log: SimulatedEvent[] = [];
  readonly coupons = new Streams(couponDecider, this.log);
  readonly courses = new Streams(courseDecider, this.log);
  readonly enrollments = new Streams(enrollmentDecider, this.log);
  readonly payments = new Streams(paymentDecider, this.log);
  readonly purchases: Purchase[] = [];
  readonly #studentOf = new Map<string, string>();
  #handled = 0;

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
    this.#studentOf.set(paymentId, studentId);
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
    this.#releaseAll(paymentId, 'refused');
  }

  /** The saga goes on by one event. */
  handleNext(): void {
    if (this.#handled >= this.log.length) return;
    this.#handled += 1;
    this.handle(this.#handled - 1);
  }

  /** Also events that it has handled: whom it commands must bear a repeat. */
  handle(index: number): void {
    const event = this.log[index];
    if (event !== undefined && index < this.#handled) this.#react(event, this.log.slice(0, this.#handled));
  }

  /** Everything that is under way comes to its end: timeouts, late money, refunds. */
  settle(): void {
    this.#handleAll();
    for (const { paymentId } of this.purchases) this.payment(paymentId, { type: 'ExpirePayment', data: { paymentId, at } });
    this.#handleAll();
    for (const { paymentId } of this.purchases) {
      const state = this.payments.state(paymentId);
      if (state.status !== 'captured' && state.status !== 'captured-late') continue;
      for (const [refundId, { status }] of state.refunds.entries()) {
        if (status === 'requested') this.payment(paymentId, { type: 'RecordRefund', data: { refundId, reference: null, at } });
      }
    }
    this.#handleAll();
  }

  #handleAll(): void {
    while (this.#handled < this.log.length) this.handleNext();
  }

  #react(event: SimulatedEvent, seen: readonly SimulatedEvent[]): void {
    switch (event.type) {
      case 'EnrollmentHeld':
      case 'CouponReserved':
        if (hasEnded(seen, event.data.paymentId)) this.#releaseAll(event.data.paymentId, 'late');
        return;
      case 'CourseSeatReserved':
        if (hasEnded(seen, event.data.holdId)) this.#releaseAll(event.data.holdId, 'late');
        return;
      case 'PaymentCaptured':
        return this.#complete(event.data.paymentId);
      case 'PaymentDeclined':
      case 'PaymentCancelled':
      case 'PaymentExpired':
        return this.#releaseAll(event.data.paymentId, event.type);
      case 'PaymentCapturedLate': {
        const { paymentId } = event.data;
        const refund = { refundId: `late-${paymentId}`, amount: null, reason: 'late', requestedBy: null, at };
        this.payment(paymentId, { type: 'RequestRefund', data: refund });
        return;
      }
      case 'PaymentRefunded':
        if (event.data.full && !hasEnded(seen, event.data.paymentId)) this.#undo(event.data.paymentId);
        return;
      default:
        return;
    }
  }

  #complete(paymentId: string): void {
    const studentId = this.#student(paymentId);
    this.coupon({ type: 'RedeemCoupon', data: { paymentId, at } });
    this.enrollment({ type: 'GrantAccess', data: { studentId, courseId, grantId: paymentId, source: 'payment', at } });
    this.course({ type: 'TakeSeat', data: { holdId: paymentId, at } });
  }

  #undo(paymentId: string): void {
    const studentId = this.#student(paymentId);
    const reason = 'refunded';
    this.enrollment({ type: 'RevokeAccess', data: { studentId, courseId, grantId: paymentId, reason, at } });
    this.coupon({ type: 'ReverseCouponRedemption', data: { paymentId, reason, at } });
    this.course({ type: 'ReleaseSeat', data: { holdId: paymentId, reason, at } });
  }

  #releaseAll(paymentId: string, reason: string): void {
    const studentId = this.#student(paymentId);
    this.enrollment({ type: 'ReleaseEnrollmentHold', data: { studentId, courseId, paymentId, reason, at } });
    this.course({ type: 'ReleaseSeat', data: { holdId: paymentId, reason, at } });
    this.coupon({ type: 'ReleaseCoupon', data: { paymentId, reason, at } });
  }

  #student(paymentId: string): string {
    return this.#studentOf.get(paymentId) ?? 'nobody';
  }
}

const hasEnded = (seen: readonly SimulatedEvent[], paymentId: string): boolean =>
  seen.some(
    ({ type, data }) =>
      (type === 'PaymentDeclined' || type === 'PaymentCancelled' || type === 'PaymentExpired') && data.paymentId === paymentId,
  );
