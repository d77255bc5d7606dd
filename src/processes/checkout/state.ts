import type { ProcessCommand, Reaction } from '../process.js';
import type { LateCapture } from './late-capture.js';

/**
 * One purchase, from the first hold to the last refund; its id is the payment's. Holds are taken before the payment is opened,
 * and only its end gives them back: the payment's stream decides every race.
 */
export interface Checkout {
  readonly paymentId: string;
  readonly status: 'holding' | 'opened' | 'captured' | 'ended' | 'refunded';
  readonly couponCode: string | null;
  /** Courses with a limit of seats, of which one is held. */
  readonly seats: readonly string[];
  readonly enrollments: readonly EnrollmentHold[];
  /** Amounts and titles stay in the payment, where they are read when needed. */
  readonly payment: { readonly payerId: string; readonly source: 'payment' | 'coupon' } | null;
  /** Set when money came after the end. */
  readonly lateCapture?: LateCapture;
  readonly dueAt: string | null;
}

export interface EnrollmentHold {
  readonly courseId: string;
  readonly studentId: string;
}

export const initialState = (paymentId: string): Checkout => ({
  paymentId,
  status: 'holding',
  couponCode: null,
  seats: [],
  enrollments: [],
  payment: null,
  dueAt: null,
});

export const isOver = ({ status }: Checkout): boolean => status === 'ended' || status === 'refunded';

export const step = (state: Checkout, ...commands: readonly ProcessCommand[]): Reaction<Checkout> => ({
  state,
  commands,
  dueAt: state.dueAt,
});

export const ignore = (state: Checkout, ignored: string): Reaction<Checkout> => ({ state, commands: [], dueAt: state.dueAt, ignored });
