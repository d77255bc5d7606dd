import type { DomainEvent } from '../../../domain/events.js';
import type { RecordedEvent } from '../../../ports/event-store.js';

const KEPT = 4_096;

/** The newest durable events as they were appended, so that those who follow the log live need not decode them. */
export class RecentEvents {
  #events: RecordedEvent<DomainEvent>[] = [];
  #first = 0;

  /** Must be given every event, in order. */
  add(firstPosition: number, events: readonly RecordedEvent<DomainEvent>[]): void {
    if (this.#first + this.#events.length !== firstPosition) this.clear(firstPosition);
    this.#events.push(...events);
    if (this.#events.length < 2 * KEPT) return;
    const surplus = this.#events.length - KEPT;
    this.#events = this.#events.slice(surplus);
    this.#first += surplus;
  }

  clear(nextPosition = 0): void {
    this.#events = [];
    this.#first = nextPosition;
  }

  /** Undefined when one of these positions is no longer here. */
  between(after: number, until: number): readonly RecordedEvent<DomainEvent>[] | undefined {
    const start = after + 1 - this.#first;
    const end = until + 1 - this.#first;
    return start < 0 || end > this.#events.length ? undefined : this.#events.slice(start, end);
  }
}
