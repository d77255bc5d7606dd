import type { CommandHandler } from '../commands/write-path/command-handler.js';
import type { DomainEvent } from '../domain/events.js';
import type { Clock } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';
import { retrying } from '../primitives/retrying.js';

export interface ToldStreamsServices {
  readonly store: EventStore<DomainEvent>;
  readonly handler: CommandHandler;
  readonly clock: Clock;
  readonly onFailure: (worker: string, error: unknown, retryInMs: number) => void;
}

const RETRY_MS = 1_000;

/** Tells the command handler what other processes append, so that states in memory are known to be new. Runs until the signal aborts. */
export const runToldStreams = async ({ store, handler, clock, onFailure }: ToldStreamsServices, signal: AbortSignal): Promise<void> => {
  const tell = async (): Promise<void> => {
    try {
      for await (const batch of store.subscribe({ after: await store.head(), signal })) handler.told(batch);
    } finally {
      handler.untold();
    }
    if (!signal.aborted) throw new Error('the subscription ended');
  };
  const failed = (error: unknown, retryInMs: number): void => onFailure('told streams', error, retryInMs);
  await retrying({ clock, signal, firstMs: RETRY_MS, onFailure: failed }, tell);
};
