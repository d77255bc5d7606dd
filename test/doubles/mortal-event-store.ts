import { countedInEvents, EventStoreUnavailable, type AnyEvent, type AppendResult, type EventStore } from '../../src/ports/event-store.js';

export type Death = Readonly<{ atAppend: number; /** the append is in the log, but nobody hears of it */ afterwards: boolean }>;

/** A process's view of a store, up to the moment it dies: from the given append on, everything fails. */
export class MortalEventStore<E extends AnyEvent> implements EventStore<E> {
  readonly shared = false;
  readonly scale = countedInEvents;
  readonly #store: EventStore<E>;
  readonly #death: Death | null;
  appends = 0;
  streamReads = 0;
  #dead = false;

  constructor(store: EventStore<E>, death: Death | null) {
    this.#store = store;
    this.#death = death;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  async append(...args: Parameters<EventStore<E>['append']>): Promise<AppendResult> {
    this.#assertAlive();
    this.appends += 1;
    if (this.#death === null || this.appends < this.#death.atAppend) return this.#store.append(...args);
    this.#dead = true;
    if (this.#death.afterwards) await this.#store.append(...args);
    throw new EventStoreUnavailable('the process was killed');
  }

  readStream(...args: Parameters<EventStore<E>['readStream']>): ReturnType<EventStore<E>['readStream']> {
    this.#assertAlive();
    this.streamReads += 1;
    return this.#store.readStream(...args);
  }

  readAll(...args: Parameters<EventStore<E>['readAll']>): ReturnType<EventStore<E>['readAll']> {
    this.#assertAlive();
    return this.#store.readAll(...args);
  }

  async *subscribe(...args: Parameters<EventStore<E>['subscribe']>): ReturnType<EventStore<E>['subscribe']> & AsyncGenerator {
    for await (const batch of this.#store.subscribe(...args)) {
      this.#assertAlive();
      yield batch;
    }
  }

  head(): ReturnType<EventStore<E>['head']> {
    return this.#store.head();
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #assertAlive(): void {
    if (this.#dead) throw new EventStoreUnavailable('the process was killed');
  }
}
