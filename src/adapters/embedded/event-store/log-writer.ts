import type { AppendResult } from '../../../ports/event-store.js';
import { decideAppend } from './append-decision.js';
import type { PendingAppend, SettledAppend } from './append-group.js';
import type { CategoryIndex } from './category-index.js';
import { encoded, lastPosition, type LogEnvironment } from './log-environment.js';
import { toStored } from './stored-event.js';
import type { StreamIndex } from './stream-index.js';

/** Writes groups of appends, each group in one transaction: all of it or nothing. */
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

  /** Resolves after fdatasync (lmdb's overlapping sync resolves a transaction when its flush is done). */
  commit(take: () => readonly PendingAppend[]): Promise<readonly SettledAppend[]> {
    // A child transaction, because only that one is given up as a whole when its callback throws.
    return this.#environment.root.childTransaction(() => this.#write(take()));
  }

  #write(group: readonly PendingAppend[]): readonly SettledAppend[] {
    // After a transaction that failed to commit, the next one must not leave a gap behind it.
    if (lastPosition(this.#environment) !== this.#position) throw new Error('the transaction before this one was lost');
    const first = this.#position + 1;
    const streams: string[] = [];
    const settled = group.map((pending) => this.#append(pending, streams));
    if (streams.length > 0) this.#categories.add(first, streams);
    const shapes = this.#environment.encoding.takeNewShapes();
    if (shapes !== undefined) void this.#environment.meta.put('shapes', shapes);
    return settled;
  }

  #append(pending: PendingAppend, streams: string[]): SettledAppend {
    const { stream, expected, events } = pending;
    const lastRevision = this.#streams.lastWritten(stream);
    const eventIdAt = (revision: number): string | undefined => this.#eventIdAt(stream, revision);
    const decision = decideAppend(expected, events, { lastRevision, eventIdAt });
    if (decision === 'refuse') return { pending, outcome: refusal(lastRevision) };
    if (decision !== 'append') return { pending, outcome: this.#standing(stream, decision.repeatedUpTo) };
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
