import { LmdbEventStore } from '../src/adapters/embedded/event-store/lmdb-event-store.js';
import { openLogEnvironment } from '../src/adapters/embedded/event-store/log-environment.js';
import { emailIdOf } from '../src/commands/accounts/identifiers/find-account.js';
import type { DomainEvent } from '../src/domain/events.js';
import type { NewEvent } from '../src/ports/event-store.js';
import { URL_NAMESPACE, uuidV5 } from '../src/primitives/uuid-v5.js';

const at = '2026-01-02T03:04:05.678Z';
const id = (name: string): string => uuidV5(name, URL_NAMESPACE);

export const instructorId = id('instructor');
export const courseId = (n: number): string => id(`course-${n}`);
export const accountId = (n: number): string => id(`account-${n}`);
export const accountEmail = (n: number): string => `student${n}@example.com`;
export const sessionId = (n: number): string => id(`session-${n}`);

const stamped = (event: DomainEvent, name: string): NewEvent<DomainEvent> => ({
  ...event,
  id: id(`event-${name}`),
  metadata: { actorId: null, correlationId: id(name), causationId: id(name), occurredAt: at, schemaVersion: 1, commandId: id(`command-${name}`) },
});

const account = (n: number, passwordHash: string | null): DomainEvent => ({
  type: 'AccountRegistered',
  data: {
    accountId: accountId(n), name: `Student ${n}`, email: accountEmail(n), role: 'student',
    passwordHash, provider: 'local', imageUrl: null, registeredAt: at,
  },
});
const session = (n: number): DomainEvent => ({
  type: 'SessionOpened',
  data: { sessionId: sessionId(n), accountId: accountId(n), credentialsVersion: 0, expiresAt: '2099-01-01T00:00:00.000Z', openedAt: at },
});
const email = (n: number): readonly DomainEvent[] => {
  const owner = { kind: 'email', accountId: accountId(n) } as const;
  return [
    { type: 'IdentifierReserved', data: { ...owner, holdId: accountId(n), reservedUntil: at, reservedAt: at } },
    { type: 'IdentifierClaimed', data: { ...owner, claimedAt: at } },
  ];
};
const course = (n: number): DomainEvent => ({
  type: 'CourseCreated',
  data: {
    courseId: courseId(n), instructorId, title: `Course number ${n}`, description: 'What one learns, and why it is worth the while.',
    thumbnailUrl: null, level: 'beginner', category: `category-${n % 20}`, tags: ['one', 'two'], price: '49.90', currency: 'USD',
    organizationId: null, organizationPrivate: false, capacity: null, createdAt: at,
  },
});
const published = (n: number): DomainEvent => ({ type: 'CoursePublished', data: { courseId: courseId(n), publishedAt: at } });
const added = (user: number, n: number): DomainEvent => ({
  type: 'CourseAddedToCart',
  data: { userId: accountId(user), courseId: courseId(n), addedAt: at },
});

export interface Seed {
  readonly accounts: number;
  readonly courses: number;
  /** Courses laid into carts, up to 100 for each account. */
  readonly cartItems?: number;
  /** Of all accounts; absent: nobody can log in with a password. */
  readonly passwordHash?: string | null;
}

const AT_A_TIME = 2_000;

/** Fills a log folder with accounts that are logged in, published courses, and carts. The number of events. */
export const seed = async (folder: string, { accounts, courses, cartItems = 0, passwordHash = null }: Seed): Promise<number> => {
  const store = new LmdbEventStore(await openLogEnvironment(folder));
  const streams: (readonly [string, readonly NewEvent<DomainEvent>[]])[] = [];
  let events = 0;
  const flush = async (): Promise<void> => {
    await Promise.all(streams.splice(0).map(([stream, batch]) => store.append(stream, 'no_stream', batch)));
  };
  const add = async (stream: string, batch: readonly DomainEvent[]): Promise<void> => {
    streams.push([stream, batch.map((event, index) => stamped(event, `${stream}/${index}`))]);
    events += batch.length;
    if (streams.length >= AT_A_TIME) await flush();
  };
  for (let n = 0; n < courses; n += 1) await add(`course-${courseId(n)}`, [course(n), published(n)]);
  for (let n = 0; n < accounts; n += 1) {
    await add(`account-${accountId(n)}`, [account(n, passwordHash)]);
    if (passwordHash !== null) await add(`email-${emailIdOf(accountEmail(n))}`, email(n));
    await add(`session-${sessionId(n)}`, [session(n)]);
  }
  const perCart = Math.min(100, Math.ceil(cartItems / Math.max(1, accounts)));
  for (let n = 0, left = cartItems; left > 0; n += 1, left -= perCart) {
    await add(`cart-${accountId(n)}`, Array.from({ length: Math.min(perCart, left) }, (_, index) => added(n, index)));
  }
  await flush();
  await store.close();
  return events;
};
