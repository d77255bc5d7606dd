import type { DomainEvent } from '../domain/events.js';
import type { EventStore, Position } from '../ports/event-store.js';
import { LogCheck } from './log-check.js';
import { InvalidEvent } from './log-lines.js';

export interface VerifiedLog {
  readonly events: number;
  readonly chained: number;
  readonly head: Position;
}

export interface VerifyOptions {
  readonly onProgress?: (events: number, position: Position) => void;
  readonly signal?: AbortSignal;
}

const PROGRESS_EVERY = 10_000;

/** Reads the whole log. Throws InvalidEvent at the first event that is wrong. */
export const verifyLog = async (store: EventStore<DomainEvent>, { onProgress, signal }: VerifyOptions = {}): Promise<VerifiedLog> => {
  const check = new LogCheck(store);
  let head = 0n;
  for await (const event of store.readAll()) {
    signal?.throwIfAborted();
    try {
      await check.next(event);
    } catch (error) {
      throw error instanceof InvalidEvent ? new InvalidEvent(`position ${event.position}: ${error.message}`) : error;
    }
    head = event.position;
    if (check.counts.events % PROGRESS_EVERY === 0) onProgress?.(check.counts.events, head);
  }
  return { ...check.counts, head };
};
