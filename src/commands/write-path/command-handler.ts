import type { AnyEvent } from '../../ports/event-store.js';
import { CacheShare } from '../../primitives/cache-budget.js';
import { RecentlyUsed } from '../../primitives/recently-used.js';
import { streamName, type Aggregate } from '../../domain/kernel/aggregate.js';
import type { CommandContext } from '../context.js';
import { emptyStream, type StreamSnapshot } from './stream-snapshot.js';
import type { HandledCommand } from './handled-command.js';
import { StreamWriter, type WritePath } from './stream-writer.js';

export type { HandledCommand } from './handled-command.js';
export { StreamContended } from './stream-writer.js';

export interface CommandHandlerOptions extends WritePath {
  /** What the states of streams may take in memory. */
  readonly cache?: CacheShare;
}

interface Kept {
  readonly bytes: number;
  readonly atRest: boolean;
}

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
  ): Promise<StreamSnapshot<State>> {
    const stream = streamName(aggregate, id);
    const known = this.#known(aggregate, stream);
    if (known === undefined && this.#path.store.mayHave?.(stream) === false) return emptyStream(aggregate.decider.initialState);
    const writer = known ?? new StreamWriter(this.#path, aggregate, stream);
    if (writer.current !== undefined) return writer.current;
    const loaded = await writer.load();
    // A stream that does not exist is read again as cheaply as it is kept.
    if (loaded.revision >= 0) this.#keep(stream, writer);
    return loaded;
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
