import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '../../src/domain/events.js';
import type { EventStore, NewEvent, RecordedEvent, SubscriptionBatch } from '../../src/ports/event-store.js';

/** A category that no other test or run has used, so that suites can share a server. */
export const freshCategory = (): string => `contract${randomUUID().replaceAll('-', '')}`;

export const addedToCart = (label: string, id: string = randomUUID()): NewEvent<DomainEvent> => ({
  id,
  type: 'CourseAddedToCart',
  data: { userId: 'user-1', courseId: label, addedAt: '2026-01-02T03:04:05.678Z' },
  metadata: {
    actorId: null,
    correlationId: 'correlation-1',
    causationId: 'causation-1',
    occurredAt: '2026-01-02T03:04:05.678Z',
    schemaVersion: 1,
    commandId: 'command-1',
  },
});

export const labelOf = (event: RecordedEvent<DomainEvent>): string =>
  event.type === 'CourseAddedToCart' ? event.data.courseId : event.type;

export const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};

export const appendOrFail = async (store: EventStore<DomainEvent>, stream: string, labels: readonly string[]) => {
  const result = await store.append(stream, 'any', labels.map((label) => addedToCart(label)));
  if (!result.ok) throw new Error(`append refused: ${result.currentRevision}`);
  return result;
};

/** Takes batches until the predicate says that it is enough. */
export const takeUntil = async (
  batches: AsyncIterable<SubscriptionBatch<DomainEvent>>,
  enough: (seen: readonly RecordedEvent<DomainEvent>[], batch: SubscriptionBatch<DomainEvent>) => boolean,
): Promise<RecordedEvent<DomainEvent>[]> => {
  const seen: RecordedEvent<DomainEvent>[] = [];
  for await (const batch of batches) {
    seen.push(...batch.events);
    if (enough(seen, batch)) return seen;
  }
  return seen;
};
