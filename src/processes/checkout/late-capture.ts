import type { RefundFailure } from '../../domain/payment/events.js';
import type { ProcessCommand, Reaction } from '../process.js';

/** Money for a payment that had already ended: the number of refunds requested, and whether one of them got no answer. */
export interface LateCapture {
  readonly requests: number;
  readonly unknown: boolean;
}

interface WithLateCapture {
  readonly paymentId: string;
  readonly lateCapture?: LateCapture;
  readonly dueAt: string | null;
}

const hour = 3_600_000;
const longestWait = 7 * 24 * hour;

const waitBefore = (requests: number): number => Math.min(longestWait, hour * 2 ** (requests - 1));

const requestRefund = (paymentId: string, requests: number, at: string): ProcessCommand => ({
  aggregate: 'payment',
  id: paymentId,
  command: {
    type: 'RequestRefund',
    data: {
      refundId: requests === 1 ? `late-${paymentId}` : `late-${paymentId}-${requests}`,
      amount: null,
      reason: 'captured-after-the-end',
      requestedBy: null,
      at,
    },
  },
});

const ask = <State extends WithLateCapture>(state: State, lateCapture: LateCapture, at: string): Reaction<State> => ({
  state: { ...state, lateCapture },
  commands: [requestRefund(state.paymentId, lateCapture.requests, at)],
  dueAt: state.dueAt,
});

export const lateCaptureArrived = <State extends WithLateCapture>(state: State, at: string): Reaction<State> =>
  ask(state, { requests: 1, unknown: false }, at);

/**
 * Retries refused refunds with doubling delay (1 h to 7 days). Stops when one has an unknown outcome: the money may have been
 * returned, and an operator has to look it up first.
 */
export const refundFailed = <State extends WithLateCapture>(
  state: State,
  outcome: RefundFailure | undefined,
  at: string,
): Reaction<State> => {
  const { lateCapture } = state;
  if (lateCapture === undefined) return { state, commands: [], dueAt: state.dueAt, ignored: 'whoever asked for the refund sees to it' };
  const unknown = lateCapture.unknown || outcome !== 'refused';
  const dueAt = unknown ? null : new Date(Date.parse(at) + waitBefore(lateCapture.requests)).toISOString();
  const next = { ...state, lateCapture: { ...lateCapture, unknown }, dueAt };
  return unknown ? { state: next, commands: [], dueAt, ignored: 'a refund got no answer: an operator looks it up' } : { state: next, commands: [], dueAt };
};

export const lateCaptureOverdue = <State extends WithLateCapture>(state: State, lateCapture: LateCapture, at: string): Reaction<State> =>
  ask(state, { ...lateCapture, requests: lateCapture.requests + 1 }, at);

export const lateCaptureReturned = <State extends WithLateCapture>(state: State): Reaction<State> => ({
  state: { ...state, dueAt: null },
  commands: [],
  dueAt: null,
});
