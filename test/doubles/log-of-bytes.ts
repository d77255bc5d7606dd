import type { DomainEvent } from '../../src/domain/events.js';
import type { LogScale, Position, RecordedEvent, SubscriptionBatch } from '../../src/ports/event-store.js';
import { MemoryEventStore } from './memory-event-store.js';

const BYTES_PER_EVENT = 100n;

type Memory = MemoryEventStore<DomainEvent>;

const inBytes = (event: RecordedEvent<DomainEvent>): RecordedEvent<DomainEvent> => ({ ...event, position: event.position * BYTES_PER_EVENT });

/**
 * A log whose positions are bytes, as a server's are: who follows may be told of a position behind the last event, where the next
 * one is not yet. A subscription that begins within the log is; one that reads it from its start sees the last event alone.
 */
export class LogOfBytes extends MemoryEventStore<DomainEvent> {
  override readonly scale: LogScale = { unit: 'bytes', measure: (position) => position };

  override async append(...given: Parameters<Memory['append']>): ReturnType<Memory['append']> {
    const appended = await super.append(...given);
    return appended.ok ? { ...appended, position: appended.position * BYTES_PER_EVENT } : appended;
  }

  override async *readAll({ after = 0n, ...options }: Parameters<Memory['readAll']>[0] = {}): ReturnType<Memory['readAll']> {
    for await (const event of super.readAll({ ...options, after: after / BYTES_PER_EVENT })) yield inBytes(event);
  }

  override async *subscribe({ after, ...options }: Parameters<Memory['subscribe']>[0]): ReturnType<Memory['subscribe']> {
    const behind = after === 0n ? 0n : BYTES_PER_EVENT / 2n;
    for await (const { events, position, live } of super.subscribe({ ...options, after: after / BYTES_PER_EVENT })) {
      const batch: SubscriptionBatch<DomainEvent> = { events: events.map(inBytes), position: position * BYTES_PER_EVENT + behind, live };
      yield batch;
    }
  }

  override async head(): Promise<Position> {
    return (await super.head()) * BYTES_PER_EVENT;
  }
}
