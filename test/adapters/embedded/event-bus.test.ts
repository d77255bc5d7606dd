import t from 'tap';
import { LmdbCheckpoints } from '../../../src/adapters/embedded/checkpoints.js';
import { LmdbDeadLetters } from '../../../src/adapters/embedded/dead-letters.js';
import { InProcessEventBus } from '../../../src/adapters/embedded/event-bus.js';
import { LmdbEventStore } from '../../../src/adapters/embedded/event-store/lmdb-event-store.js';
import { openLogEnvironment } from '../../../src/adapters/embedded/event-store/log-environment.js';
import type { Clock } from '../../../src/ports/clock.js';
import { eventBusContract } from '../../contracts/event-bus.js';
import { appendOrFail } from '../../contracts/event-store-samples.js';

const root = t.testdir();
let folders = 0;

/** Waiting takes no time and is written down. */
const impatientClock = (waits: number[]): Clock => {
  const now = new Date('2026-01-02T03:04:05.678Z');
  const after = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  return { now: () => now, after, until: (time) => after(time.getTime() - now.getTime()) };
};

const openBus = async (attempts: number, waits: number[], folder = `${root}/${(folders += 1)}`) => {
  const environment = await openLogEnvironment(folder);
  const store = new LmdbEventStore(environment);
  const checkpoints = new LmdbCheckpoints(environment);
  const deadLetters = new LmdbDeadLetters(environment);
  const retry = { attempts, firstDelayMs: 100, maxDelayMs: 1_000 };
  const told: string[] = [];
  const bus = new InProcessEventBus({ store, checkpoints, deadLetters, clock: impatientClock(waits), retry, onDeadLetter: (letter) => void told.push(letter.reason) });
  const close = async (): Promise<void> => {
    await bus.close();
    await store.close();
  };
  return { bus, store, attempts, close, folder, told };
};

eventBusContract(t, 'the bus of one process', () => openBus(3, []));

void t.test('it waits longer after each try, up to a limit; the dead letter outlives a restart', async (t) => {
  const waits: number[] = [];
  const first = await openBus(7, waits);
  await appendOrFail(first.store, 'bus-1', ['bad', 'good']);
  const abort = new AbortController();
  const handle = async ({ revision }: { revision: number }): Promise<void> => {
    if (revision === 0) throw new Error('never');
    abort.abort();
  };
  await first.bus.consume({ name: 'sulking', categories: ['bus'], handle }, abort.signal);
  t.strictSame(waits, [100, 200, 400, 800, 1_000, 1_000]);
  t.strictSame(first.told, ['never']);
  await first.close();
  const second = await openBus(7, [], first.folder);
  t.match(await second.bus.deadLetters(), [{ consumer: 'sulking', attempts: 7, failedAt: '2026-01-02T03:04:05.678Z' }]);
  await second.close();
});
