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

/** What a transaction made of one append: known before the flush, told after it. */
export interface SettledAppend {
  readonly pending: PendingAppend;
  readonly outcome: AppendResult | Error;
  /** Where its events went; absent when nothing was written. */
  readonly written?: { readonly revision: number; readonly position: number };
}
