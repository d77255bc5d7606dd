import type { DomainEvent } from '../../domain/events.js';
import type { EventStore, Position, RecordedEvent } from '../../ports/event-store.js';

/** So many events are read ahead of whoever asks: what was done about an event follows it closely. */
const AHEAD = 20_000;
/** So many commands are known at a time, at most, about 150 bytes each. Whoever is further behind than these asks the store. */
const MOST = 200_000;
/** Known commands are let go when nobody has asked about the past for so long. */
const KEPT_MS = 60_000;

interface Passed {
  readonly position: Position;
  readonly commandId: string;
}

/** Of one process, for all of its workers. */
export type DoneCommands = Pick<PastCommands, 'upTo' | 'has'>;

/**
 * What the log shows as done, for workers that begin anew on a long log. An event with a command's id is written with everything
 * else that the command did, in one append: its worker has nothing to do. What is not known here is done or not: the store is asked,
 * as always. Events after the head that the log had at the first question are not of the past; nothing is read for them.
 */
export class PastCommands {
  readonly #store: Pick<EventStore<DomainEvent>, 'head' | 'readAll'>;
  readonly #ahead: number;
  readonly #most: number;
  #until: Position | undefined;
  #events: AsyncIterator<RecordedEvent<DomainEvent>> | undefined;
  #known = new Set<string>();
  #passed: Passed[] = [];
  #isRead = false;
  #askedAt = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: Pick<EventStore<DomainEvent>, 'head' | 'readAll'>, { ahead = AHEAD, most = MOST }: { readonly ahead?: number; readonly most?: number } = {}) {
    this.#store = store;
    this.#ahead = ahead;
    this.#most = most;
  }

  /** To be awaited before `has` is asked about what was done because of events up to this position. Never rejects: less is known, then. */
  async upTo(position: Position): Promise<void> {
    const reading = this.#turn.then(() => this.#lookAhead(position));
    this.#turn = reading.catch(() => this.#beginAnew());
    await this.#turn;
  }

  has(commandId: string): boolean {
    return this.#known.has(commandId);
  }

  async #lookAhead(position: Position): Promise<void> {
    this.#until ??= await this.#store.head();
    const until = this.#until;
    if (position > until) return this.#letGo();
    this.#askedAt = performance.now();
    this.#events ??= this.#store.readAll({ after: position - 1n })[Symbol.asyncIterator]();
    while (!this.#isRead && (this.#passed.at(-this.#ahead)?.position ?? 0n) < position) {
      const { done, value } = await this.#events.next();
      if (done === true || value.position > until) this.#isRead = true;
      else this.#add(value);
    }
    // A reader that is left open would be a subscription at the server.
    if (this.#isRead) await this.#events.return?.();
  }

  /** What is known stays right; the next question reads on from its own place. */
  #beginAnew(): void {
    this.#events = undefined;
  }

  #add({ position, metadata: { commandId } }: RecordedEvent<DomainEvent>): void {
    if (this.#known.has(commandId)) return;
    this.#known.add(commandId);
    this.#passed.push({ position, commandId });
    if (this.#passed.length < this.#most) return;
    // Half of them at once: each one by itself would move all others.
    for (const { commandId: old } of this.#passed.splice(0, this.#most / 2)) this.#known.delete(old);
  }

  #letGo(): void {
    if (this.#passed.length === 0 || performance.now() - this.#askedAt < KEPT_MS) return;
    [this.#known, this.#passed] = [new Set(), []];
  }
}
