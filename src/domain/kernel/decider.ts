/** The facts to record (none when the command changes nothing), or a typed refusal. */
export type Decision<Event, Rejection extends string> =
  | Readonly<{ ok: true; events: readonly Event[] }>
  | Refusal<Rejection>;

/** A refusal: a code that callers branch on, and the values a person needs to understand it. */
export type Refusal<Rejection extends string> = Readonly<{
  ok: false;
  rejection: Rejection;
  details?: RejectionDetails;
}>;

export type RejectionDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/**
 * The three functions of an aggregate. `evolve` is pure, never throws, ignores events that do not apply and costs the same
 * however long the stream is; `decide` holds every rule and does nothing else.
 */
export interface Decider<State, Command, Event, Rejection extends string> {
  readonly initialState: () => State;
  readonly decide: (command: Command, state: State) => Decision<Event, Rejection>;
  readonly evolve: (state: State, event: Event) => State;
  /** Nothing more is expected of the stream for now, such as of a mail that was sent. Memory lets go of its state first. */
  readonly isAtRest?: (state: State) => boolean;
  /** The command mostly comes first in its stream: a store that is far away need not be read before it. */
  readonly begins?: (command: Command) => boolean;
}

/** A command (imperative) or an event (past tense), JSON-safe. */
export type Message<Type extends string, Data> = Readonly<{ type: Type; data: Readonly<Data> }>;

export const accept = <Event>(...events: readonly Event[]): Readonly<{ ok: true; events: readonly Event[] }> => ({
  ok: true,
  events,
});

export const reject = <Rejection extends string>(
  rejection: Rejection,
  details?: RejectionDetails,
): Refusal<Rejection> => (details === undefined ? { ok: false, rejection } : { ok: false, rejection, details });

/** The default branch of an exhaustive `evolve`: an event of a later version changes nothing. */
export const unknownEvent = <State>(_event: never, state: State): State => state;
