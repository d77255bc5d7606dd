import type { Aggregates } from '../domain/aggregates.js';
import type { DomainEvent } from '../domain/events.js';
import type { Message } from '../domain/kernel/decider.js';
import type { ProcessName } from '../domain/process/events.js';

type CommandsOf<Defined> = Defined extends { readonly decider: { readonly decide: (command: infer Command, ...rest: never) => unknown } } ? Command : never;

export type CommandTarget = keyof Aggregates;

export type AggregateCommands = { readonly [Target in CommandTarget]: CommandsOf<Aggregates[Target]> };

/** A command of a process, and the aggregate (category and id) that it is for. */
export type AggregateCommand<Target extends CommandTarget = CommandTarget> = {
  [Each in Target]: Readonly<{ aggregate: Each; id: string; command: AggregateCommands[Each] }>;
}[Target];

/**
 * About the documents of a payment: which they are, and what they say, is read when the command is carried out, so that no process
 * carries amounts and titles.
 */
export type DocumentCommand = Readonly<{
  aggregate: 'invoice';
  id: string;
  command:
    | Message<'InvoicePayment', { paymentId: string; at: string }>
    | Message<'VoidUnpaidInvoice', { paymentId: string; reason: string; at: string }>
    | Message<'CreditRefund', { paymentId: string; refundId: string; amount: string; at: string }>;
}>;

export type ProcessCommand = AggregateCommand | DocumentCommand;

/** dueAt tells which of the process's timers has elapsed. */
export type TimerElapsed = Readonly<{ type: 'TimerElapsed'; data: Readonly<{ dueAt: string }> }>;

export interface Reaction<State> {
  /** JSON-safe. Return the object that `react` was given when nothing changes. */
  readonly state: State;
  readonly commands: readonly ProcessCommand[];
  /** The time of the next wake-up, which replaces the one before; null: none. */
  readonly dueAt: string | null;
  readonly ignored?: string;
}

/** A saga: a pure function from its state and one event to its next state and commands. */
export interface Process<State> {
  readonly name: ProcessName;
  readonly categories: readonly string[];
  /** The instance that an event belongs to; null: none. */
  readonly correlate: (event: DomainEvent) => string | null;
  readonly initialState: (processId: string) => State;
  /**
   * `now`: the time of the input, for the commands' `at`. An input that changes nothing is not recorded, so it may come again,
   * also after later ones: that must do no harm.
   */
  readonly react: (state: State, input: DomainEvent | TimerElapsed, now: string) => Reaction<State>;
}
