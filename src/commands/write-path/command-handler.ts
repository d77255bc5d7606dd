import type { DomainEvent } from '../../domain/events.js';
import type { AnyEvent, Position, SubscriptionBatch } from '../../ports/event-store.js';
import { CacheShare } from '../../primitives/cache-budget.js';
import { RecentlyUsed } from '../../primitives/recently-used.js';
import { streamName, type Aggregate } from '../../domain/kernel/aggregate.js';
import type { CommandContext } from '../context.js';
import { emptyStream, type StreamSnapshot } from './stream-snapshot.js';
import type { HandledCommand } from './handled-command.js';
import { StreamWriter, type WritePath } from './stream-writer.js';
import type { ToldRevision } from './told-revision.js';

export type { HandledCommand } from './handled-command.js';
export { StreamContended } from './stream-writer.js';

export interface CommandHandlerOptions extends WritePath {
  /** What the states of streams may take in memory. */
  readonly cache?: CacheShare;
}

interface Kept {
  readonly bytes: number;
  readonly atRest: boolean;
  readonly told: ToldRevision;
}

/**
 * How new a state has to be at least: with every event up to a position, or as this process was told of last. Absent: the newest,
 * for which a shared store is asked.
 */
export type Freshness = Position | 'lately';

/** How long a state waits for being told of at most, before the store is asked. */
const SOON_MS = 50;

/** The part of the cache in which streams at rest wait for being forgotten. */
const RESTING = 1 / 8;

// A long stream must not push out all others.
const keptUpTo = (capacity: () => number): RecentlyUsed<Kept> => new RecentlyUsed(capacity, ({ bytes }) => Math.min(bytes, capacity() / 4));

/** The one write path: load, decide, append with the expected revision, retry on a conflict. */
export class CommandHandler {
  readonly #path: WritePath;
  readonly #kept: RecentlyUsed<Kept>;
  readonly #resting: RecentlyUsed<Kept>;
  /** Writers with commands under way: never evicted, so that one stream has one queue. */
  readonly #busy = new Map<string, Kept>();
  /** All events up to here were told of; undefined while nobody tells. */
  #toldUpTo: Position | undefined;
  #isLive = false;
  readonly #waiting = new Set<() => void>();

  constructor({ cache = new CacheShare(), ...path }: CommandHandlerOptions) {
    this.#path = path;
    const capacity = cache.join(() => this.#kept.weight + this.#resting.weight);
    this.#kept = keptUpTo(() => capacity() * (1 - RESTING));
    this.#resting = keptUpTo(() => capacity() * RESTING);
  }

  /**
   * Carries out a command on the aggregate's stream `<category>-<id>`. Rejects on infrastructure failures (EventStoreUnavailable,
   * StreamContended) and bugs only; a refusal is a value.
   */
  async handle<State, Command, Event extends AnyEvent, Rejection extends string>(
    aggregate: Aggregate<State, Command, Event, Rejection>,
    id: string,
    command: Command,
    context: CommandContext,
  ): Promise<HandledCommand<State, Rejection>> {
    const stream = streamName(aggregate, id);
    const writer = this.#known(aggregate, stream) ?? new StreamWriter(this.#path, aggregate, stream);
    this.#busy.set(stream, writer);
    try {
      return await writer.handle(command, context);
    } finally {
      if (writer.idle) this.#busy.delete(stream);
      this.#keep(stream, writer);
    }
  }

  async load<State, Command, Event extends AnyEvent, Rejection extends string>(
    aggregate: Aggregate<State, Command, Event, Rejection>,
    id: string,
    freshness?: Freshness,
  ): Promise<StreamSnapshot<State>> {
    const stream = streamName(aggregate, id);
    if (this.#toldUpTo !== undefined && freshness !== undefined) await this.#comingSoon(this.#known(aggregate, stream), freshness);
    const known = this.#known(aggregate, stream);
    if (known === undefined && this.#path.store.mayHave?.(stream) === false) return emptyStream(aggregate.decider.initialState);
    const remembered = known?.current ?? (this.#isTold(freshness) ? known?.lately : undefined);
    if (remembered !== undefined) return remembered;
    const writer = known ?? new StreamWriter(this.#path, aggregate, stream);
    // Before it is read: of what is appended meanwhile it must be told.
    if (known === undefined && this.#toldUpTo !== undefined) this.#keep(stream, writer);
    if (this.#isTold(freshness)) await writer.readTogether();
    // What others had read may have been old already.
    const loaded = this.#isTold(freshness) && writer.lately !== undefined ? writer.lately : await writer.load();
    if (this.#known(aggregate, stream) !== writer) writer.told.lose();
    // A stream that does not exist is read again as cheaply as it is kept.
    if (loaded.revision >= 0) this.#keep(stream, writer);
    return loaded;
  }

  /** Every event of the log from some position on, in order: the states of their streams are known to be old. */
  told({ events, position, live }: SubscriptionBatch<DomainEvent>): void {
    if (this.#toldUpTo === undefined) for (const writer of [...this.#busy.values(), ...this.#kept.values(), ...this.#resting.values()]) writer.told.lose();
    for (const { stream, revision } of events) (this.#busy.get(stream) ?? this.#kept.peek(stream) ?? this.#resting.peek(stream))?.told.tell(revision);
    this.#toldUpTo = position;
    for (const wake of this.#waiting) wake();
    // Nothing new, and not because there is nothing: the log is away.
    this.#isLive = live || events.length > 0;
  }

  /** From now on nobody tells: the store is asked. */
  untold(): void {
    this.#toldUpTo = undefined;
    for (const wake of this.#waiting) wake();
  }

  /** The log tells of an event before its append is answered, and tells some a moment before others: to wait asks less than to read. */
  async #comingSoon(writer: Pick<StreamWriter<unknown, never, never, never>, 'lately' | 'written'> | undefined, freshness: Freshness): Promise<void> {
    if (writer !== undefined && writer.lately === undefined) await writer.written;
    const over = performance.now() + SOON_MS;
    while (typeof freshness === 'bigint' && this.#toldUpTo !== undefined && this.#toldUpTo < freshness && performance.now() < over) await this.#news();
  }

  async #news(): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(late);
        this.#waiting.delete(wake);
        resolve();
      };
      const late = setTimeout(wake, SOON_MS);
      this.#waiting.add(wake);
    });
  }

  #isTold(freshness: Freshness | undefined): boolean {
    if (freshness === undefined || this.#toldUpTo === undefined) return false;
    return freshness === 'lately' ? this.#isLive : this.#toldUpTo >= freshness;
  }

  /**
   * As load, but with one read of the store whether the stream is there or not, and known or not: how long it takes does not tell.
   */
  async read<State, Command, Event extends AnyEvent, Rejection extends string>(
    aggregate: Aggregate<State, Command, Event, Rejection>,
    id: string,
  ): Promise<StreamSnapshot<State>> {
    const stream = streamName(aggregate, id);
    const writer = this.#known(aggregate, stream) ?? new StreamWriter(this.#path, aggregate, stream);
    const loaded = await writer.read();
    if (loaded.revision >= 0) this.#keep(stream, writer);
    return loaded;
  }

  #keep(stream: string, writer: Kept): void {
    const [from, to] = writer.atRest ? [this.#kept, this.#resting] : [this.#resting, this.#kept];
    from.delete(stream);
    to.set(stream, writer);
  }

  // A category belongs to one aggregate, so the writer of a stream has that aggregate's types.
  #known<State, Command, Event extends AnyEvent, Rejection extends string>(
    _aggregate: Aggregate<State, Command, Event, Rejection>,
    stream: string,
  ): StreamWriter<State, Command, Event, Rejection> | undefined {
    return (this.#busy.get(stream) ?? this.#kept.get(stream) ?? this.#resting.get(stream)) as StreamWriter<State, Command, Event, Rejection> | undefined;
  }
}
