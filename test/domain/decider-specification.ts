import assert from 'node:assert/strict';
import type { Decider, RejectionDetails } from '../../src/domain/kernel/decider.js';
import { EventCodec } from '../../src/domain/event-codec.js';

type EventLike = Readonly<{ type: string; data: object }>;

export interface DeciderThen<Event, Rejection extends string> {
  /** Exactly these events are decided, and each fits its schema. */
  readonly then: (events: readonly Event[]) => void;
  /** Already so: accepted, and nothing to record. */
  readonly thenNothing: () => void;
  /** With exactly these details; absent: with none. */
  readonly thenRefused: (rejection: Rejection, details?: RejectionDetails) => void;
}

export const stateAfter = <State, Command, Event, Rejection extends string>(
  decider: Decider<State, Command, Event, Rejection>,
  events: readonly Event[],
): State => events.reduce((state, event) => decider.evolve(state, event), decider.initialState());

/**
 * One sentence about a decider, for use inside `t.test('the rule', async () => { ... })`:
 * `given(couponDecider, [issued]).when(reserve).then([reserved])`.
 */
export const given = <State, Command, Event extends EventLike, Rejection extends string>(
  decider: Decider<State, Command, Event, Rejection>,
  events: readonly Event[] = [],
  codec = new EventCodec(),
) => ({
  when: (command: Command): DeciderThen<Event, Rejection> => {
    const decision = decider.decide(command, stateAfter(decider, events));
    return {
      then: (expected) => {
        assert.deepEqual(decision, { ok: true, events: expected });
        for (const event of expected) codec.assertValid(event);
      },
      thenNothing: () => {
        assert.deepEqual(decision, { ok: true, events: [] });
      },
      thenRefused: (rejection, details) => {
        assert.deepEqual(decision, details === undefined ? { ok: false, rejection } : { ok: false, rejection, details });
      },
    };
  },
});
