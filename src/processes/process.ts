import type { CartCommand } from '../domain/cart/decider.js';
import type { CouponCommand } from '../domain/coupon/decider.js';
import type { CourseCommand } from '../domain/course/decider.js';
import type { EnrollmentCommand } from '../domain/enrollment/decider.js';
import type { DomainEvent } from '../domain/events.js';
import type { InvoiceCommand } from '../domain/invoice/decider.js';
import type { PaymentCommand } from '../domain/payment/decider.js';

interface Commands {
  readonly cart: CartCommand;
  readonly coupon: CouponCommand;
  readonly course: CourseCommand;
  readonly enrollment: EnrollmentCommand;
  readonly invoice: InvoiceCommand;
  readonly payment: PaymentCommand;
}

/** The aggregates that processes command, by category. */
export type CommandTarget = keyof Commands;

/** What a process asks of an aggregate: of which one (category and id), and what. */
export type ProcessCommand = { [Target in CommandTarget]: Readonly<{ aggregate: Target; id: string; command: Commands[Target] }> }[CommandTarget];

/** The time that a process waited for has come; dueAt tells which wait it was. */
export type TimerElapsed = Readonly<{ type: 'TimerElapsed'; data: Readonly<{ dueAt: string }> }>;

export interface Reaction<State> {
  /** JSON-safe. */
  readonly state: State;
  readonly commands: readonly ProcessCommand[];
  /** When to be woken; null for never. Replaces what was set before. */
  readonly dueAt: string | null;
  readonly ignored?: string;
}

/** A saga: a pure function from its state and one event to its next state and commands. */
export interface Process<State> {
  /** Also the category of its streams. */
  readonly name: string;
  /** Categories whose events it may care for. */
  readonly categories: readonly string[];
  /** The instance that an event belongs to; null: it is nothing to this process. */
  readonly correlate: (event: DomainEvent) => string | null;
  readonly initialState: (processId: string) => State;
  /** `now`: when the event is taken in, for the commands' `at`. */
  readonly react: (state: State, input: DomainEvent | TimerElapsed, now: string) => Reaction<State>;
}
