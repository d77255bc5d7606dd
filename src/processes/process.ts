import type { Aggregates } from '../domain/aggregates.js';
import type { DomainEvent } from '../domain/events.js';
import type { Message } from '../domain/kernel/decider.js';
import type { ProcessName } from '../domain/process/events.js';

type CommandsOf<Defined> = Defined extends { readonly decider: { readonly decide: (command: infer Command, ...rest: never) => unknown } } ? Command : never;

/** An aggregate's category. */
export type CommandTarget = keyof Aggregates;

export type AggregateCommands = { readonly [Target in CommandTarget]: CommandsOf<Aggregates[Target]> };

/** What a process asks of one aggregate: of which one (category and id), and what. */
export type AggregateCommand<Target extends CommandTarget = CommandTarget> = {
  [Each in Target]: Readonly<{ aggregate: Each; id: string; command: AggregateCommands[Each] }>;
}[Target];

/** Asks for a document that is made from the payment when it is carried out, so that no process carries amounts and titles along. */
export type DocumentCommand = Readonly<{
  aggregate: 'invoice';
  id: string;
  command:
    | Message<'InvoicePayment', { paymentId: string; at: string }>
    | Message<'CreditRefund', { paymentId: string; refundId: string; amount: string; at: string }>;
}>;

export type ProcessCommand = AggregateCommand | DocumentCommand;

/** The time that a process waited for has come; dueAt tells which wait it was. */
export type TimerElapsed = Readonly<{ type: 'TimerElapsed'; data: Readonly<{ dueAt: string }> }>;

export interface Reaction<State> {
  /** JSON-safe. The object that `react` was given where nothing changes. */
  readonly state: State;
  readonly commands: readonly ProcessCommand[];
  /** When to be woken; null for never. Replaces what was set before. */
  readonly dueAt: string | null;
  readonly ignored?: string;
}

/** A saga: a pure function from its state and one event to its next state and commands. */
export interface Process<State> {
  /** Also the category of its streams. */
  readonly name: ProcessName;
  /** Categories whose events it may care for. */
  readonly categories: readonly string[];
  /** The instance that an event belongs to; null: it is nothing to this process. */
  readonly correlate: (event: DomainEvent) => string | null;
  readonly initialState: (processId: string) => State;
  /**
   * `now`: when the event is taken in, for the commands' `at`. An input that changes nothing leaves no trace, so it may
   * come again after later ones: then too it must do no harm.
   */
  readonly react: (state: State, input: DomainEvent | TimerElapsed, now: string) => Reaction<State>;
}
