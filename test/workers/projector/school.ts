import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { EventStore, Position } from '../../../src/ports/event-store.js';
import type { ReadModels } from '../../../src/ports/read-models.js';
import { collection, projection, rule, where } from '../../../src/projections/kernel/projection.js';

/** Made-up projections over events that there are: a numbered collection, and one whose documents hold names of others. */
export const students = collection<{ readonly id: string; readonly number: number; readonly name: string }>({
  projection: 'pupils',
  name: 'students',
  indexes: [{ number: 1 }],
  numbered: true,
});

export const pupils = projection({
  name: 'pupils',
  version: 1,
  collections: [students],
  rules: [
    rule(students, 'AccountRegistered', ({ data }) => data.accountId, (_, { data }, id, number) => ({ id, number, name: data.name })),
    rule(students, 'AccountProfileChanged', ({ data }) => data.accountId, (student, { data: { name = '' } }) =>
      name === 'gone' ? undefined : student && { ...student, name }),
  ],
});

/** `times` counts the renames: it shows a document that was changed twice. */
export const seats = collection<{
  readonly id: string;
  readonly courseId: string;
  readonly teacherId: string;
  readonly teacherName: string;
  readonly times: number;
}>({ projection: 'classes', name: 'seats', indexes: [{ courseId: 1 }, { teacherId: 1, teacherName: 1 }] });

export const classes = projection({
  name: 'classes',
  version: 1,
  collections: [seats],
  rules: [
    rule(seats, 'CourseAddedToCart', ({ data }) => data.userId, (_, { data, metadata }, id) => ({
      id,
      courseId: data.courseId,
      teacherId: metadata.actorId ?? '',
      teacherName: '',
      times: 0,
    })),
  ],
  fanOuts: [
    where(seats, 'AccountProfileChanged', 'teacherId', ({ data }) => data.accountId, (seat, { data: { name = '' } }) => ({
      ...seat,
      teacherName: name,
      times: seat.times + 1,
    })),
    where(seats, 'CourseDeleted', 'courseId', ({ data }) => data.courseId, () => undefined),
  ],
});

export const classContents = async (readModels: ReadModels): Promise<string> =>
  JSON.stringify([await readModels.find(students, {}), await readModels.find(seats, {})]);

const at = '2026-03-01T12:00:00.000Z';

const append = async (store: EventStore<DomainEvent>, stream: string, event: DomainEvent, actorId: string | null = null): Promise<Position> => {
  const id = randomUUID();
  const metadata = { actorId, correlationId: id, causationId: id, commandId: id, occurredAt: at, schemaVersion: 1 };
  const appended = await store.append(stream, 'any', [{ ...event, id, metadata }]);
  if (!appended.ok) throw new Error(appended.reason);
  return appended.position;
};

export const register = (store: EventStore<DomainEvent>, accountId: string): Promise<Position> =>
  append(store, `account-${accountId}`, {
    type: 'AccountRegistered',
    data: { accountId, name: 'Sam', email: `${accountId}@example.org`, role: 'student', passwordHash: null, provider: 'local', imageUrl: null, registeredAt: at },
  });

export const rename = (store: EventStore<DomainEvent>, accountId: string, name: string): Promise<Position> =>
  append(store, `account-${accountId}`, { type: 'AccountProfileChanged', data: { accountId, name, changedAt: at } });

export const enroll = (store: EventStore<DomainEvent>, userId: string, courseId: string, teacherId: string): Promise<Position> =>
  append(store, `cart-${userId}`, { type: 'CourseAddedToCart', data: { userId, courseId, addedAt: at } }, teacherId);

export const courseDeleted = (store: EventStore<DomainEvent>, courseId: string): Promise<Position> =>
  append(store, `course-${courseId}`, { type: 'CourseDeleted', data: { courseId, deletedAt: at } });
