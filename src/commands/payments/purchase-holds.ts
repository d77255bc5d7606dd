import type { CouponRejection } from '../../domain/coupon/decider.js';
import type { CourseRejection } from '../../domain/course/decider.js';
import type { Refusal } from '../../domain/kernel/decider.js';
import type { EnrollmentRejection } from '../../domain/enrollment/decider.js';
import type { Quote } from '../../domain/payment/events.js';
import { derivedContext, type CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import type { CommandServices } from '../services.js';

export interface Purchase {
  readonly paymentId: string;
  readonly payerId: string;
  readonly quote: Quote;
  readonly at: string;
}

export type HoldRejection = CouponRejection | CourseRejection | EnrollmentRejection;

type Taken = Readonly<{ ok: true; holdUntil: string }> | Refusal<HoldRejection>;

/** Something that a purchase keeps for itself until it is paid or has failed. */
interface Hold {
  /** When the purchase is repeated after a crash, holdUntil is the time that was set first. */
  readonly take: (holdUntil: string) => Promise<Taken>;
  readonly release: (reason: string) => Promise<unknown>;
}

const enrollmentHold = ({ handler }: CommandServices, purchase: Purchase, courseId: string, context: CommandContext): Hold => {
  const { paymentId, payerId: studentId, at } = purchase;
  const id = `${studentId}.${courseId}`;
  return {
    take: async (holdUntil) => {
      const command = { type: 'HoldEnrollment', data: { studentId, courseId, paymentId, holdUntil, at } } as const;
      const held = await handler.handle(aggregates.enrollment, id, command, derivedContext(context, `hold-enrollment-${courseId}`));
      if (!held.ok) return held;
      const { hold } = held.state;
      return { ok: true, holdUntil: hold?.paymentId === paymentId ? hold.holdUntil : holdUntil };
    },
    release: (reason) => {
      const command = { type: 'ReleaseEnrollmentHold', data: { studentId, courseId, paymentId, reason, at } } as const;
      return handler.handle(aggregates.enrollment, id, command, derivedContext(context, `release-enrollment-${courseId}`));
    },
  };
};

const seatHold = ({ handler }: CommandServices, purchase: Purchase, courseId: string, context: CommandContext): Hold => {
  const { paymentId: holdId, payerId: studentId, at } = purchase;
  return {
    take: async (holdUntil) => {
      const command = { type: 'ReserveSeat', data: { holdId, studentId, holdUntil, at } } as const;
      const held = await handler.handle(aggregates.course, courseId, command, derivedContext(context, `reserve-seat-${courseId}`));
      return held.ok ? { ok: true, holdUntil } : held;
    },
    release: (reason) => {
      const command = { type: 'ReleaseSeat', data: { holdId, reason, at } } as const;
      return handler.handle(aggregates.course, courseId, command, derivedContext(context, `release-seat-${courseId}`));
    },
  };
};

const couponHold = ({ handler }: CommandServices, purchase: Purchase, code: string, context: CommandContext): Hold => {
  const { paymentId, payerId: accountId, quote, at } = purchase;
  const { lines, currency, discount: expectedDiscount } = quote;
  return {
    take: async (holdUntil) => {
      const data = { paymentId, accountId, lines, currency, expectedDiscount, holdUntil, at };
      const held = await handler.handle(aggregates.coupon, code, { type: 'ReserveCoupon', data }, derivedContext(context, 'reserve-coupon'));
      return held.ok ? { ok: true, holdUntil } : held;
    },
    release: (reason) => {
      const command = { type: 'ReleaseCoupon', data: { paymentId, reason, at } } as const;
      return handler.handle(aggregates.coupon, code, command, derivedContext(context, 'release-coupon'));
    },
  };
};

interface Holds {
  /** Side by side after the first: in their way could only be another purchase of the same student, and one of the same courses stops at the first. */
  readonly enrollments: readonly Hold[];
  /** In a fixed order: of two purchases of the same courses neither can hold what the other needs, and get nothing. */
  readonly shared: readonly Hold[];
}

const holdsOf = (services: CommandServices, purchase: Purchase, context: CommandContext): Holds => {
  const { lines, couponCode } = purchase.quote;
  const courseIds = lines.map(({ courseId }) => courseId).toSorted();
  const enrollments = courseIds.map((courseId) => enrollmentHold(services, purchase, courseId, context));
  const seats = courseIds.map((courseId) => seatHold(services, purchase, courseId, context));
  return { enrollments, shared: [...seats, ...(couponCode === null ? [] : [couponHold(services, purchase, couponCode, context)])] };
};

export type HeldPurchase =
  | Readonly<{ ok: true; holdUntil: string }>
  | (Refusal<HoldRejection> & Readonly<{ heldNothing: boolean }>);

const takeInTurn = async (holds: readonly Hold[], holdUntil: string): Promise<Taken> => {
  let until = holdUntil;
  for (const hold of holds) {
    const taken = await hold.take(until);
    if (!taken.ok) return taken;
    until = taken.holdUntil;
  }
  return { ok: true, holdUntil: until };
};

/**
 * Takes all holds of a purchase, or stops at the first that is refused. `meanwhile` runs beside all but the first, which
 * tells most refusals: it is not run for those.
 */
export const takeHolds = async (
  services: CommandServices,
  purchase: Purchase,
  holdUntil: string,
  context: CommandContext,
  meanwhile: () => Promise<unknown>,
): Promise<HeldPurchase> => {
  const { enrollments, shared } = holdsOf(services, purchase, context);
  const begun = await takeInTurn(enrollments.slice(0, 1), holdUntil);
  if (!begun.ok) return { ...begun, heldNothing: true };
  const takeOthers = async (): Promise<Taken> => {
    const taken = await Promise.all(enrollments.slice(1).map((hold) => hold.take(begun.holdUntil)));
    return taken.find(({ ok }) => !ok) ?? takeInTurn(shared, begun.holdUntil);
  };
  const [taken] = await Promise.all([takeOthers(), meanwhile()]);
  return taken.ok ? taken : { ...taken, heldNothing: false };
};

/** Gives back all holds of a purchase whose payment has ended: an open one needs them. */
export const releaseHolds = async (
  services: CommandServices,
  purchase: Purchase,
  reason: string,
  context: CommandContext,
): Promise<void> => {
  const { enrollments, shared } = holdsOf(services, purchase, context);
  await Promise.all([...enrollments, ...shared].map((hold) => hold.release(reason)));
};
