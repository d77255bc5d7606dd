import type { DomainEvent } from '../../domain/events.js';
import type { AnyEvent, EventStore, Position, RecordedEvent } from '../../ports/event-store.js';
import type { Aggregate } from '../../domain/kernel/aggregate.js';
import { KnownCommands } from './known-commands.js';

/** The fold of a stream up to a revision. Immutable: a batch that could not be appended leaves it as it was. */
export interface StreamSnapshot<State> {
  readonly state: State;
  readonly revision: number;
  readonly position: Position;
  readonly commands: KnownCommands;
  readonly hash: string | null;
}

/** Of any type: narrowing the union of all events by an aggregate costs the compiler seconds. */
export type FoldedEvent = Pick<RecordedEvent, 'type' | 'data' | 'metadata'>;

export const emptyStream = <State>(initialState: () => State): StreamSnapshot<State> => ({
  state: initialState(),
  revision: -1,
  position: 0n,
  commands: KnownCommands.none(),
  hash: null,
});

export const foldEvent = <State, Command, Event extends AnyEvent, Rejection extends string>(
  aggregate: Aggregate<State, Command, Event, Rejection>,
  snapshot: StreamSnapshot<State>,
  event: FoldedEvent,
  revision: number,
  position: Position,
): StreamSnapshot<State> => {
  const isOwn = (candidate: { readonly type: string }): candidate is Event => aggregate.eventTypes.has(candidate.type);
  return {
    state: isOwn(event) ? aggregate.decider.evolve(snapshot.state, event) : snapshot.state,
    revision,
    position,
    commands: snapshot.commands.with(event.metadata.commandId),
    hash: event.metadata.hash ?? null,
  };
};

/** The same, of which all is in the store. */
export const settled = <State>(snapshot: StreamSnapshot<State>): StreamSnapshot<State> => {
  const commands = snapshot.commands.settled();
  return commands === snapshot.commands ? snapshot : { ...snapshot, commands };
};

export const catchUp = async <State, Command, Event extends AnyEvent, Rejection extends string>(
  store: EventStore<DomainEvent>,
  aggregate: Aggregate<State, Command, Event, Rejection>,
  stream: string,
  from: StreamSnapshot<State>,
): Promise<StreamSnapshot<State>> => {
  let snapshot = from;
  for await (const event of store.readStream(stream, { fromRevision: from.revision + 1 })) {
    snapshot = settled(foldEvent(aggregate, snapshot, event, event.revision, event.position));
  }
  return snapshot;
};
