import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { EventMetadata, EventStore, NewEvent } from '../../../src/ports/event-store.js';
import type { ReadModels } from '../../../src/ports/read-models.js';
import { collection, rule, type ProjectionDefinition } from '../../../src/projections/kernel/projection.js';

/** Two small projections with all that a rule can do: fan-out, deletes, counters, several collections, moves in indexes. */
const cartDocuments = collection<{ readonly id: string; readonly courseIds: readonly string[]; readonly changes: number }>({
  projection: 'shop',
  name: 'carts',
  indexes: [{ courseIds: 1 }, { changes: -1 }],
});
const demand = collection<{ readonly id: string; readonly inCarts: number; readonly sold: number }>({
  projection: 'shop',
  name: 'demand',
  indexes: [{ inCarts: -1 }],
});
export const streams = collection<{ readonly id: string; readonly events: number; readonly revisions: number }>({
  projection: 'streams',
  name: 'streams',
  indexes: [],
});
export const shopCollections = [cartDocuments, demand, streams];
export const carts = cartDocuments;

const changeDemand = (by: Readonly<{ inCarts: number; sold: number }>) =>
  (document: { id: string; inCarts: number; sold: number } | undefined, _event: object, id: string) => {
    const { inCarts = 0, sold = 0 } = document ?? {};
    const next = { id, inCarts: inCarts + by.inCarts, sold: sold + by.sold };
    return next.inCarts === 0 && next.sold === 0 ? undefined : next;
  };

export const shop: ProjectionDefinition = {
  name: 'shop',
  version: 1,
  collections: [cartDocuments, demand],
  rules: [
    rule(cartDocuments, 'CourseAddedToCart', ({ data }) => data.userId, (cart, { data }) => ({
      id: data.userId,
      courseIds: [...(cart?.courseIds ?? []), data.courseId],
      changes: (cart?.changes ?? 0) + 1,
    })),
    rule(demand, 'CourseAddedToCart', ({ data }) => data.courseId, changeDemand({ inCarts: 1, sold: 0 })),
    rule(cartDocuments, 'CartCleared', ({ data }) => data.userId, () => undefined),
    rule(demand, 'CartCleared', ({ data }) => data.courseIds, changeDemand({ inCarts: -1, sold: 0 })),
    rule(cartDocuments, 'CartCheckedOut', ({ data }) => data.userId, (cart, { data }) => ({
      id: data.userId,
      courseIds: (cart?.courseIds ?? []).filter((id) => !data.courseIds.includes(id)),
      changes: (cart?.changes ?? 0) + 1,
    })),
    rule(demand, 'CartCheckedOut', ({ data }) => data.courseIds, changeDemand({ inCarts: -1, sold: 1 })),
  ],
};

const countEvent = (type: 'CourseAddedToCart' | 'CartCleared' | 'CartCheckedOut') =>
  rule(streams, type, ({ stream }) => stream, (document, { stream, revision }) => ({
    id: stream,
    events: (document?.events ?? 0) + 1,
    revisions: (document?.revisions ?? 0) + revision,
  }));

export const perStream: ProjectionDefinition = {
  name: 'streams',
  version: 1,
  collections: [streams],
  rules: [countEvent('CourseAddedToCart'), countEvent('CartCleared'), countEvent('CartCheckedOut')],
};

const occurredAt = '2026-03-01T12:00:00.000Z';

const newEvent = (event: DomainEvent): NewEvent<DomainEvent> => {
  const id = randomUUID();
  const metadata: EventMetadata = { actorId: null, correlationId: id, causationId: id, commandId: id, occurredAt, schemaVersion: 1 };
  return { ...event, id, metadata };
};

export const added = (userId: string, courseId: string): DomainEvent => ({
  type: 'CourseAddedToCart',
  data: { userId, courseId, addedAt: occurredAt },
});

export const append = async (store: EventStore<DomainEvent>, userId: string, events: readonly DomainEvent[]): Promise<bigint> => {
  const appended = await store.append(`cart-${userId}`, 'any', events.map(newEvent));
  if (!appended.ok) throw new Error(appended.reason);
  return appended.position;
};

/** A repeatable jumble of purchases; answers the position of the last. */
export const workload = async (store: EventStore<DomainEvent>, events: number, seed = 1): Promise<bigint> => {
  let state = seed;
  const random = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const inCart = new Map<string, string[]>();
  let position = 0n;
  for (let n = 0; n < events; n += 1) {
    const userId = `u${random(40)}`;
    const courseIds = inCart.get(userId) ?? [];
    inCart.set(userId, courseIds);
    const choice = random(10);
    if (choice < 7 || courseIds.length === 0) {
      const courseId = `course-${random(25)}`;
      courseIds.push(courseId);
      position = await append(store, userId, [added(userId, courseId)]);
    } else if (choice < 9) {
      const bought = courseIds.splice(0, 1 + random(courseIds.length));
      position = await append(store, userId, [
        { type: 'CartCheckedOut', data: { userId, paymentId: `p${n}`, courseIds: bought, checkedOutAt: occurredAt } },
      ]);
    } else {
      position = await append(store, userId, [
        { type: 'CartCleared', data: { userId, courseIds: courseIds.splice(0), clearedAt: occurredAt } },
      ]);
    }
  }
  return position;
};

/** Every document there is, byte for byte. */
export const contents = async (readModels: ReadModels): Promise<string> => {
  const all = await Promise.all(shopCollections.map((each) => readModels.find<{ id: string }>(each, {})));
  return JSON.stringify(all, null, 1);
};
