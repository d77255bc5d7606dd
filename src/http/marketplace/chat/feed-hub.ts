import type { Position } from '../../../ports/event-store.js';
import { retrying } from '../../../primitives/retrying.js';
import { threadsWrittenTo } from '../../../projections/chats/queries.js';
import type { HttpServices } from '../../http-services.js';

export interface Listener {
  readonly thread: string;
  /** Something was written to the thread. */
  wake(): void;
  /** The server stops. */
  end(): void;
}

type Services = Pick<HttpServices, 'readModels' | 'progress' | 'commands'>;

const READS = ['chats'] as const;
const WAIT_MS = 15_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
const MESSAGES_AT_ONCE = 500;

/**
 * Wakes the feeds of this process when messages come into their threads. It follows the read model, so that it does not matter
 * in which process a message was sent, and asks it once for all feeds.
 */
export class FeedHub {
  readonly #services: Services;
  readonly #onFailure: (error: unknown) => void;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #stop = new AbortController();
  #seen: Position = 0n;
  #following: Promise<void> | undefined;

  /** `onFailure`: told of each failure; it goes on by itself. */
  constructor(services: Services, onFailure: (error: unknown) => void) {
    this.#services = services;
    this.#onFailure = onFailure;
  }

  /** The read model has passed it: a listener that has just been woken finds everything up to here. */
  get seen(): Position {
    return this.#seen;
  }

  /** Before its first read. Gives the position from which the listener is woken. */
  async join(listener: Listener): Promise<Position> {
    const reached = await this.#services.progress.reached(READS);
    const together = this.#listeners.get(listener.thread) ?? new Set<Listener>();
    this.#listeners.set(listener.thread, together.add(listener));
    if (this.#stop.signal.aborted) listener.end();
    if (this.#following === undefined) this.#begin(reached);
    return reached > this.#seen ? reached : this.#seen;
  }

  leave(listener: Listener): void {
    const together = this.#listeners.get(listener.thread);
    together?.delete(listener);
    if (together?.size === 0) this.#listeners.delete(listener.thread);
  }

  stop(): void {
    this.#stop.abort();
    for (const listener of this.#all()) listener.end();
  }

  get #isWatching(): boolean {
    return this.#listeners.size > 0 && !this.#stop.signal.aborted;
  }

  #all(): readonly Listener[] {
    return [...this.#listeners.values()].flatMap((together) => [...together]);
  }

  #begin(from: Position): void {
    this.#seen = from;
    const { clock } = this.#services.commands;
    const retries = { clock, signal: this.#stop.signal, firstMs: FIRST_RETRY_MS, longestMs: LONGEST_RETRY_MS, onFailure: this.#onFailure };
    this.#following = retrying(retries, (progressed) => this.#follow(progressed)).then(() => {
      this.#following = undefined;
      // Somebody came while the last round ended.
      if (this.#isWatching) this.#begin(this.#seen);
    });
  }

  async #follow(progressed: () => void): Promise<void> {
    const { progress } = this.#services;
    while (this.#isWatching) {
      const moved = await progress.waitFor(this.#seen + 1n, WAIT_MS, READS);
      if (!this.#isWatching) return;
      if (!moved && (await progress.unavailable(READS)).length > 0) throw new Error('the chats cannot be shown now');
      progressed();
      if (moved) await this.#wakeUpTo(await progress.reached(READS));
    }
  }

  async #wakeUpTo(reached: Position): Promise<void> {
    const { readModels } = this.#services;
    while (this.#seen < reached && this.#isWatching) {
      const { threads, last } = await threadsWrittenTo(readModels, { after: this.#seen, upTo: reached, limit: MESSAGES_AT_ONCE });
      this.#seen = last;
      for (const thread of threads) for (const listener of this.#listeners.get(thread) ?? []) listener.wake();
    }
  }
}
