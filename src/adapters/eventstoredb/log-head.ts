import { BACKWARDS, END, type AllStreamResolvedEvent, type EventStoreDBClient, type ReadPosition } from '@eventstore/db-client';
import type { Position } from '../../ports/event-store.js';
import { isSystemStream } from './event-mapping.js';
import { latest, packed } from './log-position.js';
import { PulledStream } from './pulled-stream.js';

const LONGEST_PAGE = 512;

/**
 * The last event that is not the system's own: statistics would otherwise move the head for ever. Events that an earlier call has
 * seen are not read again.
 */
export class LogHead {
  readonly #client: EventStoreDBClient;
  #head: Position = 0n;
  #scanned: Position = 0n;

  constructor(client: EventStoreDBClient) {
    this.#client = client;
  }

  async read(stallMs: number, signal: AbortSignal): Promise<Position> {
    let from: ReadPosition = END;
    let newest: Position | undefined;
    for (let count = 1; ; count = Math.min(count * 8, LONGEST_PAGE)) {
      const page = await this.#page(from, count, stallMs, signal);
      for (const { event } of page) {
        if (event === undefined) continue;
        const position = packed(event.position);
        newest ??= position;
        from = event.position;
        if (position <= this.#scanned) return this.#settle(newest, this.#head);
        if (!isSystemStream(event.streamId)) return this.#settle(newest, position);
      }
      if (page.length < count) return this.#settle(newest ?? 0n, this.#head);
    }
  }

  async #page(fromPosition: ReadPosition, maxCount: number, stallMs: number, signal: AbortSignal): Promise<AllStreamResolvedEvent[]> {
    const read = this.#client.readAll({ direction: BACKWARDS, fromPosition, maxCount, requiresLeader: true }, { highWaterMark: maxCount });
    const pulled = new PulledStream<AllStreamResolvedEvent>(read, () => read.cancel(), signal);
    const page: AllStreamResolvedEvent[] = [];
    try {
      while (page.length < maxCount) {
        const chunk = await pulled.next(maxCount - page.length, stallMs);
        if (chunk.length === 0) break;
        page.push(...chunk);
      }
      return page;
    } finally {
      pulled.close();
    }
  }

  #settle(scanned: Position, head: Position): Position {
    this.#scanned = latest(this.#scanned, scanned);
    this.#head = latest(this.#head, head);
    return this.#head;
  }
}
