import type { EventCodec } from '../../domain/event-codec.js';
import type { DomainEvent } from '../../domain/events.js';
import type { Aggregate } from '../../domain/kernel/aggregate.js';
import type { Clock } from '../../ports/clock.js';
import type { AnyEvent, EventStore, Position } from '../../ports/event-store.js';
import { memorySizeOf } from '../../primitives/memory-size.js';
import type { CommandContext } from '../context.js';
import { decideBatch, type SentCommand } from './decide-batch.js';
import type { HandledCommand } from './handled-command.js';
import { catchUp, emptyStream, settled, type StreamSnapshot } from './stream-snapshot.js';
import { ToldRevision } from './told-revision.js';

/** Other processes kept winning the race for the stream. The command was not carried out and may be sent again. */
export class StreamContended extends Error {
  override readonly name = 'StreamContended';
}

export interface WritePath {
  readonly store: EventStore<DomainEvent>;
  readonly codec: EventCodec;
  readonly clock: Clock;
}

interface Pending<State, Command, Rejection extends string> extends SentCommand<Command> {
  readonly resolve: (handled: HandledCommand<State, Rejection>) => void;
  readonly reject: (error: unknown) => void;
}

const MAX_BATCH = 1_000;
const MAX_ATTEMPTS = 20;
/** The writer with its snapshot and the name of its stream; bench/soak.ts measured them. */
const WRITER_BYTES = 700;

const bytesOf = (snapshot: StreamSnapshot<unknown> | undefined): number =>
  WRITER_BYTES + (snapshot === undefined ? 0 : memorySizeOf(snapshot.state) + snapshot.commands.bytes);

/** The commands of this process on one stream: decided one after another on the state in memory, appended together. */
export class StreamWriter<State, Command, Event extends AnyEvent, Rejection extends string> {
  readonly #path: WritePath;
  readonly #aggregate: Aggregate<State, Command, Event, Rejection>;
  readonly #stream: string;
  readonly told = new ToldRevision();
  /** Ends with the append that is under way, if one is. */
  written: Promise<unknown> = Promise.resolve();
  #snapshot: StreamSnapshot<State> | undefined;
  #pending: Pending<State, Command, Rejection>[] = [];
  #running = false;
  #reading: Promise<StreamSnapshot<State>> | undefined;
  #unanswered = 0;
  #weighed: { readonly snapshot: StreamSnapshot<State> | undefined; readonly bytes: number } = { snapshot: undefined, bytes: WRITER_BYTES };

  constructor(path: WritePath, aggregate: Aggregate<State, Command, Event, Rejection>, stream: string) {
    this.#path = path;
    this.#aggregate = aggregate;
    this.#stream = stream;
  }

  /** About how many bytes of memory it takes. */
  get bytes(): number {
    if (this.#weighed.snapshot !== this.#snapshot) this.#weighed = { snapshot: this.#snapshot, bytes: bytesOf(this.#snapshot) };
    return this.#weighed.bytes;
  }

  /** The aggregate expects nothing more for now: the first to be let go of. */
  get atRest(): boolean {
    return this.#snapshot !== undefined && this.#aggregate.decider.isAtRest?.(this.#snapshot.state) === true;
  }

  /** Every command that it was given has its answer. */
  get idle(): boolean {
    return this.#unanswered === 0;
  }

  handle(command: Command, context: CommandContext): Promise<HandledCommand<State, Rejection>> {
    this.#unanswered += 1;
    return new Promise((resolve, reject) => {
      this.#pending.push({ command, context, resolve, reject });
      if (!this.#running) void this.#drain();
    });
  }

  /** The state in memory, unless an event is known that it lacks. */
  get lately(): StreamSnapshot<State> | undefined {
    return this.#snapshot !== undefined && this.told.isCovered(this.#snapshot.revision) ? this.#snapshot : undefined;
  }

  /** The state, where no other process writes and the store need not be asked. */
  get current(): StreamSnapshot<State> | undefined {
    return this.#path.store.shared ? undefined : this.#snapshot;
  }

  async load(): Promise<StreamSnapshot<State>> {
    return this.current ?? this.read();
  }

  /** Asks the store for what is new, also where there can be nothing. */
  async read(): Promise<StreamSnapshot<State>> {
    const { store } = this.#path;
    this.told.find();
    const from = this.#snapshot ?? emptyStream(this.#aggregate.decider.initialState);
    const loaded = await catchUp(store, this.#aggregate, this.#stream, from);
    if (loaded.revision > (this.#snapshot?.revision ?? -2)) this.#snapshot = loaded;
    return loaded;
  }

  /** As `read`, together with others that ask meanwhile. */
  readTogether(): Promise<StreamSnapshot<State>> {
    this.#reading ??= this.read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #drain(): Promise<void> {
    this.#running = true;
    // What is sent in the same turn goes into the same append.
    await Promise.resolve();
    while (this.#pending.length > 0) {
      const batch = this.#pending.splice(0, MAX_BATCH);
      try {
        const writing = this.#carryOut(batch);
        this.written = writing.catch(() => undefined);
        await writing;
      } catch (error) {
        // Whether the append happened is unknown: the next command reads the stream again.
        this.#snapshot = undefined;
        this.#unanswered -= batch.length;
        for (const { reject } of batch) reject(error);
      }
    }
    this.#running = false;
  }

  async #carryOut(batch: readonly Pending<State, Command, Rejection>[]): Promise<void> {
    const isGuessed = this.#snapshot === undefined && this.#mayBegin(batch);
    let base = isGuessed ? emptyStream(this.#aggregate.decider.initialState) : (this.#snapshot ?? (await this.load()));
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const { answers, events, snapshot } = this.#decide(batch, base);
      if (events.length === 0) {
        // A refusal, or "nothing to do", must not rest on a state that another process has moved on from.
        if (attempt === 1 && (isGuessed || base === this.#snapshot) && this.#path.store.shared) {
          const fresh = await this.load();
          if (fresh.revision !== base.revision) {
            base = fresh;
            continue;
          }
        }
        this.#answer(batch, answers, base.position);
        return;
      }
      const expected = base.revision === -1 ? 'no_stream' : base.revision;
      const head = this.#path.store.knownHead?.();
      const appended = await this.#path.store.append(this.#stream, expected, events);
      if (appended.ok) {
        // Perhaps the answer to an append of long ago, after which the stream has grown.
        if (isGuessed && !(head !== undefined && appended.position > head)) this.told.lose();
        else this.told.find();
        this.#snapshot = settled({ ...snapshot, position: appended.position });
        this.#answer(batch, answers, appended.position);
        return;
      }
      this.#snapshot = await catchUp(this.#path.store, this.#aggregate, this.#stream, base);
      base = this.#snapshot;
    }
    throw new StreamContended(`gave up on ${this.#stream} after ${MAX_ATTEMPTS} conflicts`);
  }

  /** The store checks that there is no such stream: where there is one it is read after all. */
  #mayBegin(batch: readonly Pending<State, Command, Rejection>[]): boolean {
    const { begins } = this.#aggregate.decider;
    return this.#path.store.shared && begins !== undefined && batch.every(({ command }) => begins(command));
  }

  #decide(batch: readonly Pending<State, Command, Rejection>[], base: StreamSnapshot<State>) {
    const { codec, clock } = this.#path;
    const terms = { aggregate: this.#aggregate, stream: this.#stream, codec, occurredAt: clock.now().toISOString() };
    return decideBatch(terms, batch, base);
  }

  #answer(
    batch: readonly Pending<State, Command, Rejection>[],
    answers: readonly (HandledCommand<State, Rejection> | Error)[],
    position: Position,
  ): void {
    this.#unanswered -= batch.length;
    batch.forEach(({ resolve, reject }, index) => {
      const answer = answers[index];
      if (answer === undefined || answer instanceof Error) reject(answer ?? new Error('no answer'));
      else if (!answer.ok) resolve(answer);
      // Fields are spelled out, because this runs for each command: a spread costs many times as much.
      else {
        const { state, revision, duplicate, changed } = answer;
        resolve({ ok: true, state, revision, position, duplicate, changed });
      }
    });
  }
}
