import { aggregates } from '../domain/aggregates.js';
import { eventHash } from '../commands/write-path/stamp-events.js';
import type { DomainEvent } from '../domain/events.js';
import type { EventStore, RecordedEvent } from '../ports/event-store.js';
import { RecentlyUsed } from '../primitives/recently-used.js';
import { isWellFormed } from '../primitives/well-formed.js';
import { InvalidEvent } from './log-lines.js';
import { replacedText, type HashFinding } from './replaced-text.js';

interface StreamEnd {
  readonly revision: number;
  readonly hash: string | undefined;
}

export interface LogCheckOptions {
  /** Resolves when the store holds everything that was checked before. */
  readonly written?: () => Promise<void>;
  /** Lets events with U+FFFD pass whose hash is another one also where it can't be shown why. */
  readonly acceptReplacedText?: boolean;
}

export interface CheckedEvents {
  readonly events: number;
  readonly chained: number;
  readonly replaced: readonly string[];
}

/** The option of the commands that check a log. */
export const ACCEPT_REPLACED_TEXT = 'accept-replaced-text';

const REMEMBERED_STREAMS = 500_000;
const CHAINED: readonly string[] = [aggregates.coupon.category, aggregates.payment.category];

const endOf = ({ revision, metadata }: RecordedEvent<DomainEvent>): StreamEnd => ({ revision, hash: metadata.hash });

const hashHolds = (event: RecordedEvent<DomainEvent>): boolean => isWellFormed([event.data, event.metadata]) && event.metadata.hash === eventHash(event.stream, event.revision, event);

const findingOf = (event: RecordedEvent<DomainEvent>): HashFinding => (hashHolds(event) ? 'holds' : replacedText(event));

const isChained = (stream: string): boolean => CHAINED.some((category) => stream.startsWith(`${category}-`));

/**
 * Checks events in log order: positions rise, each stream's revisions have no gap, hash chains hold. Ends of streams that were
 * not seen for long are looked up in the store, which holds the events so far.
 */
export class LogCheck {
  readonly #ends = new RecentlyUsed<StreamEnd>(REMEMBERED_STREAMS);
  readonly #store: Pick<EventStore<DomainEvent>, 'readStream'>;
  readonly #written: () => Promise<void>;
  readonly #acceptsUnproven: boolean;
  readonly #replaced: string[] = [];
  #position = 0n;
  #events = 0;
  #chained = 0;

  constructor(store: Pick<EventStore<DomainEvent>, 'readStream'>, { written = () => Promise.resolve(), acceptReplacedText = false }: LogCheckOptions = {}) {
    this.#store = store;
    this.#written = written;
    this.#acceptsUnproven = acceptReplacedText;
  }

  /** The number of events found right, how many of them are in hash chains, and which of these are of the exception `replaced-text`. */
  get counts(): CheckedEvents {
    return { events: this.#events, chained: this.#chained, replaced: this.#replaced };
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
    const finding = findingOf(event);
    const name = `revision ${revision} of ${stream}`;
    if (finding === 'broken') throw new InvalidEvent(`${name} was changed: its hash is another one`);
    if (finding === 'replaced-text-unproven' && !this.#acceptsUnproven) {
      throw new InvalidEvent(
        `${name} was changed: its hash is another one. It has U+FFFD, which may stand for text that was no Unicode: look at it, and --${ACCEPT_REPLACED_TEXT} lets it pass`,
      );
    }
    if (finding !== 'holds') this.#replaced.push(name);
    this.#chained += 1;
  }

  async #lookUp(stream: string, revision: number): Promise<StreamEnd | undefined> {
    await this.#written();
    for await (const event of this.#store.readStream(stream, { fromRevision: revision, limit: 1 })) return endOf(event);
    return undefined;
  }
}
