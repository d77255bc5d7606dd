import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { EventCodec } from '../../../domain/event-codec.js';
import type { DomainEvent } from '../../../domain/events.js';
import { countedInEvents, type EventStore, type Position, type ReadAllOptions, type ReadStreamOptions, type RecordedEvent } from '../../../ports/event-store.js';
import { CategoryIndex } from './category-index.js';
import { assertOurs, databasesOf, isMarker, lastPosition, metaOf, type LogEnvironment } from './log-environment.js';
import { assertFileLooksWhole, assertPagesAreThere, DataFolderUnusable } from './log-file-check.js';
import { LogReader } from './log-reader.js';
import { revisionChunks } from './revision-chunks.js';
import type { StoredEvent } from './stored-event.js';
import { StreamIndex } from './stream-index.js';

const READ_CHUNK = 256;

interface Opened {
  readonly environment: LogEnvironment;
  readonly head: number;
}

const openForReading = (folder: string): Opened => {
  if (!existsSync(join(folder, 'data.mdb'))) throw new DataFolderUnusable(folder, 'is not there', 'Set DATA_DIR to the folder of the server.');
  assertFileLooksWhole(folder);
  const root = open({ path: folder, noSubdir: false, maxDbs: 16, readOnly: true });
  assertPagesAreThere(folder, root.getStats());
  // The head is read before the shapes, so that those of all events up to it are among them.
  const head = lastPosition({ events: root.openDB<StoredEvent, number>({ name: 'events' }) });
  const meta = metaOf(root);
  const marker = meta.get('format');
  assertOurs(isMarker(marker) ? marker : undefined, root, folder);
  return { environment: databasesOf(root, meta), head };
};

/** The log as of the time of opening, beside the process that owns it. */
export class LogForReading implements Pick<EventStore<DomainEvent>, 'readAll' | 'readStream' | 'head' | 'scale' | 'close'> {
  readonly scale = countedInEvents;
  readonly #environment: LogEnvironment;
  readonly #reader: LogReader;
  readonly #streams: StreamIndex;
  readonly #head: number;

  private constructor({ environment, head }: Opened, codec: EventCodec) {
    const categories = new CategoryIndex(environment);
    this.#environment = environment;
    this.#streams = new StreamIndex(environment);
    this.#reader = new LogReader(environment, categories, codec);
    this.#head = head;
  }

  static open(folder: string, codec: EventCodec = new EventCodec()): LogForReading {
    return new LogForReading(openForReading(folder), codec);
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent<DomainEvent>, void, undefined> {
    let position = Number(options.after ?? 0n);
    let left = options.limit ?? Infinity;
    while (position < this.#head && left > 0) {
      const stretch = this.#reader.stretch(position, this.#head, Math.min(READ_CHUNK, left), options.categories);
      yield* stretch.events;
      left -= stretch.events.length;
      position = stretch.position;
    }
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<RecordedEvent<DomainEvent>, void, undefined> {
    const forwards = options.direction !== 'backwards';
    for (const [first, last] of revisionChunks(options, this.#streams.lastRevision(stream), READ_CHUNK)) {
      const positions = this.#streams.positions(stream, first, last).filter((position) => position <= this.#head);
      const events = positions.map((position) => this.#reader.at(position));
      yield* forwards ? events : events.reverse();
    }
  }

  async head(): Promise<Position> {
    return BigInt(this.#head);
  }

  /** Makes a consistent copy of the whole environment, as it is now, in an empty folder. */
  async copyTo(folder: string): Promise<void> {
    await this.#environment.root.backup(folder, true);
  }

  async close(): Promise<void> {
    await this.#environment.root.close();
  }
}
