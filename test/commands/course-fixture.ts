import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { CommandHandler } from '../../src/commands/command-handler.js';
import type { CommandContext } from '../../src/commands/context.js';
import { createCourse, type CreateCourseInput } from '../../src/commands/create-course.js';
import type { CommandServices } from '../../src/commands/services.js';
import { EventCodec } from '../../src/domain/event-codec.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { EventStore } from '../../src/ports/event-store.js';
import { FakeClock } from '../doubles/fake-clock.js';

export const ada = { accountId: 'ada', role: 'instructor' } as const;
export const bob = { accountId: 'bob', role: 'instructor' } as const;
export const root = { accountId: 'root', role: 'admin' } as const;

export const contextFor = (commandId = uuidv7()): CommandContext => ({
  commandId,
  actorId: null,
  correlationId: 'correlation',
  causationId: 'request',
});

export const servicesOver = (store: EventStore<DomainEvent>, clock = new FakeClock()): CommandServices => ({
  handler: new CommandHandler({ store, codec: new EventCodec(), clock }),
  clock,
  keys: { sign: (purpose, message) => createHash('sha256').update(`${purpose}${message}`).digest() },
  passwords: { hash: (password) => Promise.resolve(password), verify: (password, hash) => Promise.resolve(password === hash), isOutdated: () => false },
  settings: { currency: 'USD', paymentTimeoutMs: 900_000, cashPaymentTimeoutMs: 604_800_000, openAdminSignUp: true },
});

export const newCourse: CreateCourseInput = {
  actor: ada,
  title: 'Fugues',
  description: 'How to write one',
  thumbnailUrl: null,
  level: 'advanced',
  category: 'music',
  tags: ['bach'],
  price: '12.50',
  published: true,
  organizationId: null,
  organizationPrivate: false,
  capacity: null,
};

/** Draws up a course, on sale unless told otherwise, and says its id. */
export const drawnUp = async (services: CommandServices, input: Partial<CreateCourseInput> = {}): Promise<string> => {
  const outcome = await createCourse(services)({ ...newCourse, ...input }, contextFor());
  if (!outcome.ok) throw new Error(outcome.rejection);
  return outcome.value.courseId;
};

/** What stands in a stream, by type. */
export const typesIn = async (store: EventStore<DomainEvent>, stream: string): Promise<readonly string[]> => {
  const types: string[] = [];
  for await (const { type } of store.readStream(stream)) types.push(type);
  return types;
};
