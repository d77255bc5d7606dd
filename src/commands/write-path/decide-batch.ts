import type { EventCodec } from '../../domain/event-codec.js';
import type { DomainEvent } from '../../domain/events.js';
import type { Aggregate } from '../../domain/kernel/aggregate.js';
import type { AnyEvent, NewEvent } from '../../ports/event-store.js';
import type { CommandContext } from '../context.js';
import type { HandledCommand } from './handled-command.js';
import { stampEvents } from './stamp-events.js';
import { foldEvent, type StreamSnapshot } from './stream-snapshot.js';

export interface SentCommand<Command> {
  readonly command: Command;
  readonly context: CommandContext;
}

export interface BatchTerms<State, Command, Event extends AnyEvent, Rejection extends string> {
  readonly aggregate: Aggregate<State, Command, Event, Rejection>;
  readonly stream: string;
  readonly codec: EventCodec;
  readonly occurredAt: string;
}

interface Decided<State, Answer> {
  readonly answer: Answer;
  readonly events: readonly NewEvent<DomainEvent>[];
  readonly snapshot: StreamSnapshot<State>;
}

const decideOne = <State, Command, Event extends AnyEvent, Rejection extends string>(
  { aggregate, stream, codec, occurredAt }: BatchTerms<State, Command, Event, Rejection>,
  { command, context }: SentCommand<Command>,
  before: StreamSnapshot<State>,
): Decided<State, HandledCommand<State, Rejection>> => {
  const { state, revision, position } = before;
  // A known command id belongs to a command that recorded events.
  const isKnown = before.commands.has(context.commandId);
  if (isKnown) return { answer: { ok: true, state, revision, position, duplicate: true, changed: true }, events: [], snapshot: before };
  const decision = aggregate.decider.decide(command, state);
  if (!decision.ok) return { answer: decision, events: [], snapshot: before };
  const previousHash = aggregate.hashChained ? before.hash : undefined;
  const events = stampEvents(decision.events, { codec, context, occurredAt, stream, revision: revision + 1, previousHash });
  let snapshot = before;
  for (const event of events) snapshot = foldEvent(aggregate, snapshot, event, snapshot.revision + 1, position);
  const answer = { ok: true, state: snapshot.state, revision: snapshot.revision, position, duplicate: false, changed: events.length > 0 } as const;
  return { answer, events, snapshot };
};

/** Decides commands one after another, each on the state that those before it leave. An Error answers a command whose decision failed. */
export const decideBatch = <State, Command, Event extends AnyEvent, Rejection extends string>(
  terms: BatchTerms<State, Command, Event, Rejection>,
  batch: readonly SentCommand<Command>[],
  base: StreamSnapshot<State>,
) => {
  const events: NewEvent<DomainEvent>[] = [];
  const answers: (HandledCommand<State, Rejection> | Error)[] = [];
  let snapshot = base;
  for (const sent of batch) {
    try {
      const decided = decideOne(terms, sent, snapshot);
      snapshot = decided.snapshot;
      events.push(...decided.events);
      answers.push(decided.answer);
    } catch (error) {
      // A bug in one decision must not fail the other commands of the batch.
      answers.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  return { answers, events, snapshot };
};
