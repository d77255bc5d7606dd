import { IF_EXISTS } from 'lmdb';
import type { AppendResult } from '../../../ports/event-store.js';
import { durably } from '../durable-write.js';
import { appendsAtOnce, decideAppend } from './append-decision.js';
import type { PendingAppend, SettledAppend, WrittenGroup } from './append-group.js';
import type { CategoryIndex } from './category-index.js';
import { encoded, type LogEnvironment } from './log-environment.js';
import { toStored } from './stored-event.js';
import type { StreamIndex } from './stream-index.js';

/**
 * Writes groups of appends, each as one batch that lmdb's writing thread commits while this thread goes on. The expected
 * revisions of streams come from memory, which includes everything that is still being written.
 */
export class LogWriter {
  readonly #environment: LogEnvironment;
  readonly #streams: StreamIndex;
  readonly #categories: CategoryIndex;
  #position: number;

  constructor(environment: LogEnvironment, streams: StreamIndex, categories: CategoryIndex, position: number) {
    this.#environment = environment;
    this.#streams = streams;
    this.#categories = categories;
    this.#position = position;
  }

  write(group: readonly PendingAppend[], alone: boolean): WrittenGroup {
    const before = this.#position;
    const settled: SettledAppend[] = [];
    const postponed: PendingAppend[] = [];
    const streams: string[] = [];
    const flushed = this.#batch(before, () => {
      for (const pending of group) {
        const outcome = this.#append(pending, streams, alone && streams.length === 0);
        if (outcome === undefined) postponed.push(pending);
        else settled.push(outcome);
      }
      if (streams.length > 0) this.#categories.add(before + 1, streams);
      const shapes = this.#environment.encoding.takeNewShapes();
      if (shapes !== undefined) void this.#environment.meta.put('shapes', shapes);
    });
    return { settled, postponed, flushed };
  }

  /** Commits what the action enqueues, if everything before it was committed; resolves after fdatasync. */
  async #batch(before: number, action: () => void): Promise<void> {
    const { root, events } = this.#environment;
    const written = before === 0 ? root.batch(action) : events.ifVersion(before, IF_EXISTS, action);
    // lmdb delays the first write of a turn to the turn's end; a second one makes it begin at once.
    const [isWritten] = await durably(Promise.all([written, root.batch(() => undefined)]));
    if (!isWritten) throw new Error('the transaction before this one was lost');
  }

  /** Undefined when it can't be decided while something is being written. */
  #append(pending: PendingAppend, streams: string[], alone: boolean): SettledAppend | undefined {
    const { stream, expected, events } = pending;
    const lastRevision = this.#streams.lastWritten(stream);
    if (!appendsAtOnce(expected, events.length, lastRevision)) {
      if (!alone) return undefined;
      const eventIdAt = (revision: number): string | undefined => this.#eventIdAt(stream, revision);
      const decision = decideAppend(expected, events, { lastRevision, eventIdAt });
      if (decision === 'refuse') return { pending, outcome: refusal(lastRevision) };
      if (decision !== 'append') return { pending, outcome: this.#standing(stream, decision.repeatedUpTo) };
    }
    if (events.length === 0) return { pending, outcome: this.#standing(stream, lastRevision) };

    const revision = lastRevision + 1;
    const { encoding } = this.#environment;
    let bytes: readonly Uint8Array[];
    try {
      bytes = events.map((event, index) => encoding.encode(toStored(event, stream, revision + index)));
    } catch (error) {
      return { pending, outcome: error instanceof Error ? error : new Error(String(error)) };
    }
    return this.#put(pending, revision, bytes, streams);
  }

  #put(pending: PendingAppend, revision: number, bytes: readonly Uint8Array[], streams: string[]): SettledAppend {
    const position = this.#position + 1;
    for (const value of bytes) {
      this.#position += 1;
      void this.#environment.events.put(this.#position, encoded(value));
      streams.push(pending.stream);
    }
    this.#streams.extend(pending.stream, revision, position, bytes.length);
    const outcome: AppendResult = { ok: true, revision: revision + bytes.length - 1, position: BigInt(this.#position) };
    return { pending, outcome, written: { revision, position } };
  }

  #standing(stream: string, revision: number): AppendResult {
    return { ok: true, revision, position: BigInt(this.#streams.writtenPosition(stream, revision) ?? 0) };
  }

  #eventIdAt(stream: string, revision: number): string | undefined {
    const position = this.#streams.writtenPosition(stream, revision);
    return position === undefined ? undefined : this.#environment.events.get(position)?.id;
  }
}

const refusal = (lastRevision: number): AppendResult => ({
  ok: false,
  reason: 'wrong-expected-revision',
  currentRevision: lastRevision === -1 ? 'no_stream' : lastRevision,
});
