import type { DomainEvent } from '../../../domain/events.js';
import type { AppendResult, ExpectedRevision, NewEvent } from '../../../ports/event-store.js';

/** One append that waits for its turn. */
export interface PendingAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent<DomainEvent>[];
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one append: known before the flush, told after it. */
export interface SettledAppend {
  readonly pending: PendingAppend;
  readonly outcome: AppendResult | Error;
  /** Where its events go; absent when there is nothing to write. */
  readonly written?: { readonly revision: number; readonly position: number };
}

/** A group of appends that is being written as one transaction: all of it or nothing. */
export interface WrittenGroup {
  readonly settled: readonly SettledAppend[];
  /** To decide about them, the log has to be read, and what is being written can't be read yet. */
  readonly postponed: readonly PendingAppend[];
  /** Resolves after the flush, rejects when the group may not be on disk. */
  readonly flushed: Promise<void>;
}
