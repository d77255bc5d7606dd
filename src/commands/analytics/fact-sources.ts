import { aggregates } from '../../domain/aggregates.js';
import type { DomainEvent, EventOfType, EventType } from '../../domain/events.js';
import { streamName } from '../../domain/kernel/aggregate.js';
import type { EventStore, RecordedEvent } from '../../ports/event-store.js';
import { RecentlyUsed } from '../../primitives/recently-used.js';

export interface Owner {
  readonly instructorId: string | null;
  readonly organizationId: string | null;
}

const NOBODY: Owner = { instructorId: null, organizationId: null };
const COURSES_KEPT = 20_000;

/** What facts ask of streams: whose a course is, and what came before an event in its own stream. */
export class FactSources {
  readonly #store: Pick<EventStore<DomainEvent>, 'readStream'>;
  /** Whose a course is never changes. */
  readonly #owners = new RecentlyUsed<Owner>(COURSES_KEPT);

  constructor(store: Pick<EventStore<DomainEvent>, 'readStream'>) {
    this.#store = store;
  }

  async owner(courseId: string): Promise<Owner> {
    const known = this.#owners.get(courseId);
    if (known !== undefined) return known;
    for await (const { type, data } of this.#store.readStream(streamName(aggregates.course, courseId), { limit: 1 })) {
      if (type !== 'CourseCreated') continue;
      const owner = { instructorId: data.instructorId, organizationId: data.organizationId };
      this.#owners.set(courseId, owner);
      return owner;
    }
    return NOBODY;
  }

  /** Of all the events before one in its stream those of some types, the oldest first. */
  async before<T extends EventType>({ stream, revision }: RecordedEvent<DomainEvent>, wanted: readonly T[]): Promise<readonly EventOfType<T>[]> {
    const found: EventOfType<T>[] = [];
    const isWanted = (event: DomainEvent): event is EventOfType<T> => wanted.some((type) => type === event.type);
    if (revision === 0) return found;
    for await (const recorded of this.#store.readStream(stream, { limit: revision })) {
      // Narrowed as a plain event: of a recorded one the compiler works out every type by every other.
      const event: DomainEvent = recorded;
      if (isWanted(event)) found.push(event);
    }
    return found;
  }
}
