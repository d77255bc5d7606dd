import t from 'tap';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { NewEvent } from '../../../src/ports/event-store.js';
import { PastCommands } from '../../../src/workers/loops/past-commands.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';

const at = '2026-03-01T12:00:00.000Z';
const commandOf = (n: number): string => `command-${n}`;
const event = (n: number): NewEvent<DomainEvent> => ({
  id: `event-${n}`,
  type: 'CourseAddedToCart',
  data: { userId: 'u', courseId: `c${n}`, addedAt: at },
  metadata: { actorId: null, correlationId: 'r', causationId: 'r', commandId: commandOf(n), occurredAt: at, schemaVersion: 1 },
});

/** Event n, of command n, stands at position n. */
const logOf = async (events: number): Promise<MemoryEventStore<DomainEvent>> => {
  const log = new MemoryEventStore<DomainEvent>();
  await log.append('cart-u', 'no_stream', Array.from({ length: events }, (_, n) => event(n + 1)));
  return log;
};

const known = (past: PastCommands, events: number): readonly number[] =>
  Array.from({ length: events }, (_, n) => n + 1).filter((n) => past.has(commandOf(n)));

t.test('commands are known from their events, so far ahead of whoever asks, and no further', async (t) => {
  const past = new PastCommands(await logOf(100), { ahead: 10 });
  t.same(known(past, 100), []);
  await past.upTo(5n);
  t.same(known(past, 100), Array.from({ length: 14 }, (_, n) => n + 1).filter((n) => n >= 5), 'from the first question on');
  await past.upTo(50n);
  t.ok(past.has(commandOf(59)));
  t.notOk(past.has(commandOf(60)));
  await past.upTo(99n);
  t.ok(past.has(commandOf(100)));
  t.notOk(past.has(commandOf(101)));
});

t.test('what is written after the first question is not of the past: nothing is read for it', async (t) => {
  const log = await logOf(10);
  const readAll = log.readAll.bind(log);
  const readers: string[] = [];
  log.readAll = async function* (options) {
    readers.push('opened');
    try {
      // Somebody appends while the past is being read.
      await log.append('cart-u', 9, [event(11)]);
      yield* readAll(options);
    } finally {
      readers.push('closed');
    }
  };
  const past = new PastCommands(log, { ahead: 100 });
  await past.upTo(1n);
  t.same(readers, ['opened', 'closed']);
  log.readAll = () => t.fail('it was read') as never;
  await past.upTo(11n);
  t.notOk(past.has(commandOf(11)));
  t.ok(past.has(commandOf(10)));
});

t.test('only so many are known at a time', async (t) => {
  const past = new PastCommands(await logOf(1_000), { ahead: 10, most: 100 });
  for (let position = 1n; position <= 1_000n; position += 7n) {
    await past.upTo(position);
    t.ok(known(past, 1_000).length <= 100);
    t.ok(past.has(commandOf(Number(position))), 'those at and after the last question are among them');
  }
});

t.test('a log that cannot be read is nothing known, and is read on later', async (t) => {
  const log = await logOf(100);
  const readAll = log.readAll.bind(log);
  const past = new PastCommands(log, { ahead: 10 });
  log.readAll = async function* () {
    yield* readAll({ limit: 3 });
    throw new Error('the connection is gone');
  };
  await past.upTo(1n);
  t.same(known(past, 100), [1, 2, 3]);
  log.readAll = readAll;
  await past.upTo(20n);
  t.ok(past.has(commandOf(20)));
  t.ok(past.has(commandOf(3)), 'what was known stays so');
});
