import type { Decider } from './decider.js';
import type { EventOf, EventSchema } from './event-schema.js';

export interface Aggregate<State, Command, Event extends { readonly type: string }, Rejection extends string> {
  readonly category: string;
  readonly decider: Decider<State, Command, Event, Rejection>;
  /** The fold passes these events alone to the decider. */
  readonly eventTypes: ReadonlySet<string>;
  /** Payment and coupon: each event carries the hash of its predecessor. */
  readonly hashChained: boolean;
}

export interface DefinedAggregate<State, Command, Schema extends EventSchema, Rejection extends string>
  extends Aggregate<State, Command, EventOf<Schema>, Rejection> {
  readonly events: readonly Schema[];
}

export const streamName = (aggregate: { readonly category: string }, id: string): string => `${aggregate.category}-${id}`;

export const aggregate = <State, Command, Schema extends EventSchema, Rejection extends string>(
  category: string,
  decider: Decider<State, Command, EventOf<Schema>, Rejection>,
  events: readonly Schema[],
  { hashChained = false } = {},
): DefinedAggregate<State, Command, Schema, Rejection> => ({
  category,
  decider,
  events,
  eventTypes: new Set<string>(events.map(({ type }) => type)),
  hashChained,
});
