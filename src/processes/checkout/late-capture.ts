import type { RefundFailure } from '../../domain/payment/events.js';
import type { ProcessCommand, Reaction } from '../process.js';

/** Money for a payment that had already ended: how often it was asked back, and whether one refund got no answer. */
export interface LateMoney {
  readonly requests: number;
  readonly unknown: boolean;
}

interface WithLateMoney {
  readonly paymentId: string;
  readonly lateMoney?: LateMoney;
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

const ask = <State extends WithLateMoney>(state: State, lateMoney: LateMoney, at: string): Reaction<State> => ({
  state: { ...state, lateMoney },
  commands: [requestRefund(state.paymentId, lateMoney.requests, at)],
  dueAt: state.dueAt,
});

export const moneyCameLate = <State extends WithLateMoney>(state: State, at: string): Reaction<State> =>
  ask(state, { requests: 1, unknown: false }, at);

/**
 * It is not ours, so a refusal is not the end: what is left is asked for again, after an hour and then ever more seldom.
 * A refund without an answer may have gone through all the same: from then on a person has to look it up first.
 */
export const refundFailed = <State extends WithLateMoney>(
  state: State,
  outcome: RefundFailure | undefined,
  at: string,
): Reaction<State> => {
  const { lateMoney } = state;
  if (lateMoney === undefined) return { state, commands: [], dueAt: state.dueAt, ignored: 'whoever asked for the refund sees to it' };
  const unknown = lateMoney.unknown || outcome !== 'refused';
  const dueAt = unknown ? null : new Date(Date.parse(at) + waitBefore(lateMoney.requests)).toISOString();
  const next = { ...state, lateMoney: { ...lateMoney, unknown }, dueAt };
  return unknown ? { state: next, commands: [], dueAt, ignored: 'a refund got no answer: an operator looks it up' } : { state: next, commands: [], dueAt };
};

export const lateMoneyOverdue = <State extends WithLateMoney>(state: State, lateMoney: LateMoney, at: string): Reaction<State> =>
  ask(state, { ...lateMoney, requests: lateMoney.requests + 1 }, at);

/** Nothing of it is left here: there is nothing to wait for. */
export const lateMoneyReturned = <State extends WithLateMoney>(state: State): Reaction<State> => ({
  state: { ...state, dueAt: null },
  commands: [],
  dueAt: null,
});
