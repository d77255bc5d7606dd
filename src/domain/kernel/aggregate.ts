import type { Decider } from './decider.js';
import type { DomainEvent } from '../events.js';

/** A decider and the streams it decides on: `<category>-<id>`. */
export interface Aggregate<State, Command, Event extends DomainEvent, Rejection extends string> {
  readonly category: string;
  readonly decider: Decider<State, Command, Event, Rejection>;
  /** The events that belong to it, so that the fold can tell its own. */
  readonly eventTypes: ReadonlySet<string>;
  /** Payment and coupon: each event carries the hash of its predecessor (design.md section 8). */
  readonly hashChained?: boolean;
}

export const streamName = (aggregate: { readonly category: string }, id: string): string => `${aggregate.category}-${id}`;

/** Joins a decider with its category and the schemas of its events. */
export const aggregate = <State, Command, Event extends DomainEvent, Rejection extends string>(
  category: string,
  decider: Aggregate<State, Command, Event, Rejection>['decider'],
  events: readonly { readonly type: Event['type'] }[],
): Aggregate<State, Command, Event, Rejection> => ({
  category,
  decider,
  eventTypes: new Set<string>(events.map(({ type }) => type)),
});
