import { CacheShare } from '../../../primitives/cache-budget.js';
import { RecentlyUsed } from '../../../primitives/recently-used.js';
import type { LogEnvironment } from './log-environment.js';

/** A head holds the positions of the chunk that is being filled; full chunks are written once, to the side. */
const CHUNK = 32;
const REVISION_BYTES = 6;
const POSITION_BYTES = 6;
const HEAD_BYTES = REVISION_BYTES + CHUNK * POSITION_BYTES;
/** Of a head in memory, with its entry and its key. */
const ENTRY_BYTES = HEAD_BYTES + 330;
/** More than can be under way: these are kept whatever memory is left. */
const FEWEST_HEADS = 10_000;

const offsetOf = (revision: number): number => REVISION_BYTES + (revision % CHUNK) * POSITION_BYTES;

const revisionOf = (head: Buffer): number => head.readUIntBE(0, REVISION_BYTES);

/** Maps a stream's revisions to positions. A head is small and rewritten in place, so a busy stream stays on one page. */
export class StreamIndex {
  readonly #environment: LogEnvironment;
  /**
   * Heads as they will be when all writes under way are done. Readers look at the database, which shows what is committed; a head
   * leaves this cache long after that.
   */
  readonly #written: RecentlyUsed<Buffer>;

  /** A stream that was just looked for in vain, so that its first append need not look again. */
  #absent: string | undefined;

  constructor(environment: LogEnvironment, cache = new CacheShare()) {
    this.#environment = environment;
    const capacity = cache.join(() => this.#written.weight);
    this.#written = new RecentlyUsed(() => Math.max(FEWEST_HEADS * ENTRY_BYTES, capacity()), () => ENTRY_BYTES);
  }

  /** The stream's last revision, including what is still being written; -1 when there is no stream. */
  lastWritten(stream: string): number {
    const head = this.#head(stream);
    this.#absent = head === undefined ? stream : undefined;
    return head === undefined ? -1 : revisionOf(head);
  }

  /** Call within a batch of writes: gives these events, from the next revision on, these positions. */
  extend(stream: string, firstRevision: number, firstPosition: number, count: number): void {
    const { heads, chunks } = this.#environment;
    const head = (stream === this.#absent ? undefined : this.#head(stream)) ?? this.#newHead(stream);
    this.#absent = undefined;
    for (let index = 0; index < count; index += 1) {
      const revision = firstRevision + index;
      head.writeUIntBE(firstPosition + index, offsetOf(revision), POSITION_BYTES);
      const isFull = (revision + 1) % CHUNK === 0;
      if (isFull) void chunks.put([stream, Math.floor(revision / CHUNK)], Buffer.from(head.subarray(REVISION_BYTES)));
    }
    const revision = firstRevision + count - 1;
    head.writeUIntBE(revision, 0, REVISION_BYTES);
    // A copy: it is written while the next events of the stream change the head.
    void heads.put(stream, Buffer.from(head.subarray(0, offsetOf(revision) + POSITION_BYTES)));
  }

  /** Call while nothing is being written. */
  writtenPosition(stream: string, revision: number): number | undefined {
    const head = this.#head(stream);
    return head === undefined ? undefined : this.#positionIn(stream, revision, head);
  }

  lastRevision(stream: string): number {
    const head = this.#environment.heads.getBinary(stream);
    return head === undefined ? -1 : revisionOf(head);
  }

  /** The positions of the revisions from the first to the last; uncommitted ones are left out. */
  positions(stream: string, first: number, last: number): readonly number[] {
    const head = this.#environment.heads.getBinary(stream);
    if (head === undefined) return [];
    const positions: number[] = [];
    let chunk: Buffer | undefined;
    for (let revision = first; revision <= Math.min(last, revisionOf(head)); revision += 1) {
      if (chunk === undefined || revision % CHUNK === 0) chunk = this.#chunk(stream, revision, head);
      if (chunk !== undefined) positions.push(chunk.readUIntBE((revision % CHUNK) * POSITION_BYTES, POSITION_BYTES));
    }
    return positions;
  }

  #positionIn(stream: string, revision: number, head: Buffer): number | undefined {
    if (revision < 0 || revision > revisionOf(head)) return undefined;
    return this.#chunk(stream, revision, head)?.readUIntBE((revision % CHUNK) * POSITION_BYTES, POSITION_BYTES);
  }

  #chunk(stream: string, revision: number, head: Buffer): Buffer | undefined {
    const number = Math.floor(revision / CHUNK);
    if (number === Math.floor(revisionOf(head) / CHUNK)) return head.subarray(REVISION_BYTES);
    return this.#environment.chunks.getBinary([stream, number]);
  }

  #head(stream: string): Buffer | undefined {
    const cached = this.#written.get(stream);
    if (cached !== undefined) return cached;
    const stored = this.#environment.heads.getBinary(stream);
    if (stored === undefined) return undefined;
    const head = this.#newHead(stream);
    head.set(stored);
    return head;
  }

  #newHead(stream: string): Buffer {
    // Memory from the pool is not zeroed: no more of it is ever read than was written.
    const head = Buffer.allocUnsafe(HEAD_BYTES);
    this.#written.set(stream, head);
    return head;
  }
}
