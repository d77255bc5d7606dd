import type { EventCodec } from '../../../domain/event-codec.js';
import type { DomainEvent } from '../../../domain/events.js';
import type { RecordedEvent } from '../../../ports/event-store.js';
import type { CategoryIndex } from './category-index.js';
import type { LogEnvironment } from './log-environment.js';
import { toRecorded } from './stored-event.js';

export interface LogStretch {
  readonly events: readonly RecordedEvent<DomainEvent>[];
  readonly position: number;
}

export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';
}

/** Reads a part of the log per call: no LMDB transaction outlives it. The caller limits it to durable positions. */
export class LogReader {
  readonly #environment: LogEnvironment;
  readonly #categories: CategoryIndex;
  readonly #codec: EventCodec;

  constructor(environment: LogEnvironment, categories: CategoryIndex, codec: EventCodec) {
    this.#environment = environment;
    this.#categories = categories;
    this.#codec = codec;
  }

  stretch(after: number, until: number, limit: number, categories: readonly string[] | undefined): LogStretch {
    if (categories === undefined) return this.#everything(after, Math.min(until, after + limit));
    const positions = this.#categories.positions(categories, after, until, limit);
    const events = positions.map((position) => this.at(position));
    return { events, position: positions.length < limit ? until : (positions.at(-1) ?? until) };
  }

  at(position: number): RecordedEvent<DomainEvent> {
    const stored = this.#environment.events.get(position);
    if (stored === undefined) throw new DamagedLog(`the event at position ${position} is missing`);
    return toRecorded(this.#codec, stored, position);
  }

  #everything(after: number, until: number): LogStretch {
    const events: RecordedEvent<DomainEvent>[] = [];
    for (const { key, value } of this.#environment.events.getRange({ start: after + 1, end: until + 1 })) {
      if (key !== after + 1 + events.length) break;
      events.push(toRecorded(this.#codec, value, key));
    }
    if (events.length !== until - after) throw new DamagedLog(`the event at position ${after + 1 + events.length} is missing`);
    return { events, position: until };
  }
}
