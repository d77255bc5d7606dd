import type { DomainEvent } from '../../../domain/events.js';
import type { AppendResult, ExpectedRevision, NewEvent } from '../../../ports/event-store.js';

export interface PendingAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent<DomainEvent>[];
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/** The outcome of one append: known before the flush, answered after it. */
export interface SettledAppend {
  readonly pending: PendingAppend;
  readonly outcome: AppendResult | Error;
  readonly written?: { readonly revision: number; readonly position: number };
}

/** A group of appends that is written as one transaction: all of it or nothing. */
export interface WrittenGroup {
  readonly settled: readonly SettledAppend[];
  /** Appends that can be decided only by reading the log, which does not show what is being written. */
  readonly postponed: readonly PendingAppend[];
  /** Resolves after the flush; rejects when the group may not be on disk. */
  readonly flushed: Promise<void>;
}
