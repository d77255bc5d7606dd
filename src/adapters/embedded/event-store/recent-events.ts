import type { DomainEvent } from '../../../domain/events.js';
import type { RecordedEvent } from '../../../ports/event-store.js';
import { categoryOf } from './stored-event.js';

const KEPT = 4_096;
/** Events that all followers have read are dropped in such portions: objects that live long cost the garbage collector most. */
const DROPPED = 128;

export interface Follower {
  position: number;
}

/** The newest durable events as they were appended, so that live followers need not decode them. */
export class RecentEvents {
  readonly #followers = new Set<Follower>();
  #events: RecordedEvent<DomainEvent>[] = [];
  #categories: string[] = [];
  #first = 0;

  get isFollowed(): boolean {
    return this.#followers.size > 0;
  }

  join(follower: Follower): void {
    this.#followers.add(follower);
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower);
    if (!this.isFollowed) this.#clear(0);
  }

  /** Needs every event, in order. */
  add(firstPosition: number, events: readonly RecordedEvent<DomainEvent>[]): void {
    if (this.#first + this.#events.length !== firstPosition) this.#clear(firstPosition);
    for (const event of events) {
      this.#events.push(event);
      this.#categories.push(categoryOf(event.stream));
    }
    this.#drop();
  }

  /** Events of these categories, or of all; undefined when one of the positions is no longer here. */
  between(after: number, until: number, categories?: ReadonlySet<string>): readonly RecordedEvent<DomainEvent>[] | undefined {
    const start = after + 1 - this.#first;
    const end = until + 1 - this.#first;
    if (start < 0 || end > this.#events.length) return undefined;
    if (categories === undefined) return this.#events.slice(start, end);
    const found: RecordedEvent<DomainEvent>[] = [];
    for (let index = start; index < end; index += 1) {
      const event = this.#events[index];
      const category = this.#categories[index];
      if (event !== undefined && category !== undefined && categories.has(category)) found.push(event);
    }
    return found;
  }

  #drop(): void {
    let read = this.#first + this.#events.length - 1;
    for (const { position } of this.#followers) if (position < read) read = position;
    const surplus = Math.max(read + 1 - this.#first, this.#events.length - KEPT);
    if (surplus < DROPPED) return;
    this.#events = this.#events.slice(surplus);
    this.#categories = this.#categories.slice(surplus);
    this.#first += surplus;
  }

  #clear(nextPosition: number): void {
    this.#events = [];
    this.#categories = [];
    this.#first = nextPosition;
  }
}
