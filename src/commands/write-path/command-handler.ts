import type { AnyEvent } from '../../ports/event-store.js';
import { RecentlyUsed } from '../../primitives/recently-used.js';
import { streamName, type Aggregate } from '../../domain/kernel/aggregate.js';
import type { CommandContext } from '../context.js';
import { emptyStream, type StreamSnapshot } from './stream-snapshot.js';
import type { HandledCommand } from './handled-command.js';
import { StreamWriter, type WritePath } from './stream-writer.js';

export type { HandledCommand } from './handled-command.js';
export { StreamContended } from './stream-writer.js';

export interface CommandHandlerOptions extends WritePath {
  /** The number of events whose folded state is kept, over all streams. */
  readonly cacheSize?: number;
}

interface Kept {
  readonly weight: number;
}

/** The one write path: load, decide, append with the expected revision, retry on a conflict. */
export class CommandHandler {
  readonly #path: WritePath;
  readonly #kept: RecentlyUsed<Kept>;
  /** Writers with commands under way: never evicted, so that one stream has one queue. */
  readonly #busy = new Map<string, Kept>();
  readonly #cacheSize: number;

  constructor({ cacheSize = 500_000, ...path }: CommandHandlerOptions) {
    this.#path = path;
    this.#cacheSize = cacheSize;
    // A long stream must not push out all others.
    this.#kept = new RecentlyUsed(cacheSize, ({ weight }) => Math.max(1, Math.min(weight, cacheSize / 4)));
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
    const { weight } = writer;
    this.#busy.set(stream, writer);
    try {
      return await writer.handle(command, context);
    } finally {
      if (writer.idle) this.#busy.delete(stream);
      if (this.#cacheSize > 0) this.#keep(stream, writer, weight);
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
    if (this.#cacheSize > 0 && loaded.revision >= 0) this.#kept.set(stream, writer);
    return loaded;
  }

  #keep(stream: string, writer: Kept, weightBefore: number): void {
    if (this.#kept.get(stream) === writer) this.#kept.gained(Math.max(0, writer.weight - weightBefore));
    else this.#kept.set(stream, writer);
  }

  // A category belongs to one aggregate, so the writer of a stream has that aggregate's types.
  #known<State, Command, Event extends AnyEvent, Rejection extends string>(
    _aggregate: Aggregate<State, Command, Event, Rejection>,
    stream: string,
  ): StreamWriter<State, Command, Event, Rejection> | undefined {
    return (this.#busy.get(stream) ?? this.#kept.get(stream)) as StreamWriter<State, Command, Event, Rejection> | undefined;
  }
}
