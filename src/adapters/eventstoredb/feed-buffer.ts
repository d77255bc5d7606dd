import type { DomainEvent } from '../../domain/events.js';
import type { Position, RecordedEvent } from '../../ports/event-store.js';
import { memorySizeOf } from '../../primitives/memory-size.js';

interface Kept {
  readonly event: RecordedEvent<DomainEvent>;
  readonly category: string;
  readonly bytes: number;
}

export interface Taken {
  readonly events: readonly RecordedEvent<DomainEvent>[];
  /** Where to go on. */
  readonly next: number;
  /** Of the last event that was looked at; undefined: none was. */
  readonly position: Position | undefined;
}

/** Stream, type, ids and metadata of an event. */
const ENVELOPE_BYTES = 800;
/** What is dropped goes in portions, down to this part of the limit: each costs a copy of what stays. */
const LEFT = 3 / 4;

/** The newest events of the log, each decoded once, within a limit in bytes. Events are counted from the first that was ever added. */
export class FeedBuffer {
  readonly #limit: number;
  #kept: Kept[] = [];
  #first = 0;
  #bytes = 0;

  constructor(limitInBytes: number) {
    this.#limit = limitInBytes;
  }

  get first(): number {
    return this.#first;
  }

  get end(): number {
    return this.#first + this.#kept.length;
  }

  add(events: readonly RecordedEvent<DomainEvent>[]): Position | undefined {
    for (const event of events) {
      const kept = { event, category: event.stream.slice(0, Math.max(0, event.stream.indexOf('-'))), bytes: ENVELOPE_BYTES + memorySizeOf(event.data) };
      this.#kept.push(kept);
      this.#bytes += kept.bytes;
    }
    return this.#drop();
  }

  /** The number of the first event after the position. */
  after(position: Position): number {
    let [low, high] = [0, this.#kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#kept[middle]?.event.position ?? 0n) > position) high = middle;
      else low = middle + 1;
    }
    return this.#first + low;
  }

  /** At most so many events of these categories, or of all. */
  take(from: number, limit: number, wanted: ReadonlySet<string> | undefined): Taken {
    const events: RecordedEvent<DomainEvent>[] = [];
    let next = from;
    let position: Position | undefined;
    for (; next < this.end && events.length < limit; next += 1) {
      const kept = this.#kept[next - this.#first];
      if (kept === undefined) break;
      position = kept.event.position;
      if (wanted === undefined || wanted.has(kept.category)) events.push(kept.event);
    }
    return { events, next, position };
  }

  /** The position of the last event that is no longer here, where any was dropped. */
  #drop(): Position | undefined {
    if (this.#bytes <= this.#limit) return undefined;
    let dropped = 0;
    while (dropped < this.#kept.length && this.#bytes > this.#limit * LEFT) {
      this.#bytes -= this.#kept[dropped]?.bytes ?? 0;
      dropped += 1;
    }
    const last = this.#kept[dropped - 1]?.event.position;
    this.#kept = this.#kept.slice(dropped);
    this.#first += dropped;
    return last;
  }
}
