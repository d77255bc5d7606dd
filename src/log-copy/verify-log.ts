import type { DomainEvent } from '../domain/events.js';
import type { EventStore, Position } from '../ports/event-store.js';
import { LogCheck, type CheckedEvents } from './log-check.js';
import { InvalidEvent } from './log-lines.js';

export interface VerifiedLog extends CheckedEvents {
  readonly head: Position;
}

export interface VerifyOptions {
  readonly onProgress?: (events: number, position: Position) => void;
  readonly signal?: AbortSignal;
  readonly acceptReplacedText?: boolean;
}

/** Whatever can be read whole. */
export type CheckableLog = Pick<EventStore<DomainEvent>, 'readAll' | 'readStream'>;

const PROGRESS_EVERY = 10_000;

/** Reads the whole log. Throws InvalidEvent at the first event that is wrong. */
export const verifyLog = async (store: CheckableLog, { onProgress, signal, acceptReplacedText = false }: VerifyOptions = {}): Promise<VerifiedLog> => {
  const check = new LogCheck(store, { acceptReplacedText });
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
