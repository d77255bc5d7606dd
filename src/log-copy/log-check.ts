import { aggregates } from '../domain/aggregates.js';
import { eventHash } from '../commands/write-path/stamp-events.js';
import type { DomainEvent } from '../domain/events.js';
import type { EventStore, RecordedEvent } from '../ports/event-store.js';
import { RecentlyUsed } from '../primitives/recently-used.js';
import { InvalidEvent } from './log-lines.js';

interface StreamEnd {
  readonly revision: number;
  readonly hash: string | undefined;
}

const REMEMBERED_STREAMS = 500_000;
const CHAINED: readonly string[] = [aggregates.coupon.category, aggregates.payment.category];

const endOf = ({ revision, metadata }: RecordedEvent<DomainEvent>): StreamEnd => ({ revision, hash: metadata.hash });

const isChained = (stream: string): boolean => CHAINED.some((category) => stream.startsWith(`${category}-`));

/**
 * Checks events in log order: positions rise, each stream's revisions have no gap, hash chains hold. Ends of streams that were
 * not seen for long are looked up in the store, which holds the events so far.
 */
export class LogCheck {
  readonly #ends = new RecentlyUsed<StreamEnd>(REMEMBERED_STREAMS);
  readonly #store: Pick<EventStore<DomainEvent>, 'readStream'>;
  readonly #written: () => Promise<void>;
  #position = 0n;
  #events = 0;
  #chained = 0;

  /** `written` resolves when the store holds everything that was checked before. */
  constructor(store: Pick<EventStore<DomainEvent>, 'readStream'>, written: () => Promise<void> = () => Promise.resolve()) {
    this.#store = store;
    this.#written = written;
  }

  /** The number of events found right, and how many of them are in hash chains. */
  get counts(): Readonly<{ events: number; chained: number }> {
    return { events: this.#events, chained: this.#chained };
  }

  /** Throws InvalidEvent. */
  async next(event: RecordedEvent<DomainEvent>): Promise<void> {
    const { stream, revision, position } = event;
    if (position <= this.#position) throw new InvalidEvent(`position ${position} does not come after ${this.#position}`);
    const end = this.#ends.get(stream) ?? (revision === 0 ? undefined : await this.#lookUp(stream, revision - 1));
    const expected = (end?.revision ?? -1) + 1;
    if (revision !== expected) throw new InvalidEvent(`${stream} goes on with revision ${expected}, not ${revision}`);
    if (isChained(stream)) this.#checkChain(event, end);
    this.#ends.set(stream, endOf(event));
    this.#position = position;
    this.#events += 1;
  }

  #checkChain(event: RecordedEvent<DomainEvent>, end: StreamEnd | undefined): void {
    const { stream, revision, metadata } = event;
    if (metadata.previousHash !== (end?.hash ?? null)) throw new InvalidEvent(`the hash chain of ${stream} is broken before revision ${revision}`);
    if (metadata.hash !== eventHash(stream, revision, event)) throw new InvalidEvent(`revision ${revision} of ${stream} was changed: its hash is another one`);
    this.#chained += 1;
  }

  async #lookUp(stream: string, revision: number): Promise<StreamEnd | undefined> {
    await this.#written();
    for await (const event of this.#store.readStream(stream, { fromRevision: revision, limit: 1 })) return endOf(event);
    return undefined;
  }
}
