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

void t.test('streams are delivered side by side, each in its order', async (t) => {
  const { bus, store, close } = await openBus(1, []);
  await appendOrFail(store, 'bus-1', ['first', 'second']);
  await appendOrFail(store, 'bus-2', ['other']);
  const abort = new AbortController();
  const handled: string[] = [];
  let otherCame = (): void => undefined;
  const other = new Promise<void>((resolve) => (otherCame = resolve));
  const handle = async ({ stream, revision }: { stream: string; revision: number }): Promise<void> => {
    if (stream === 'bus-2') otherCame();
    else if (revision === 0) await other;
    handled.push(`${stream}@${revision}`);
    if (handled.length === 3) abort.abort();
  };
  await bus.consume({ name: 'patient', categories: ['bus'], handle }, abort.signal);
  t.equal(handled[0], 'bus-2@0', 'it waited for no other stream');
  t.ok(handled.indexOf('bus-1@0') < handled.indexOf('bus-1@1'));
  await close();
});

void t.test('what was not handled when the bus was stopped is delivered again, with what came after it', async (t) => {
  const first = await openBus(3, []);
  await appendOrFail(first.store, 'bus-1', ['stays']);
  await appendOrFail(first.store, 'bus-2', ['handled']);
  const abort = new AbortController();
  const consumerOf = (handle: (event: { stream: string }) => Promise<void>) => ({ name: 'stopped', categories: ['bus'], handle });
  await first.bus.consume(consumerOf(async ({ stream }) => {
    if (stream === 'bus-2') return abort.abort();
    await new Promise((resolve) => abort.signal.addEventListener('abort', resolve));
    throw new Error('cut off');
  }), abort.signal).catch(() => undefined);
  await first.close();
  const second = await openBus(3, [], first.folder);
  const again: string[] = [];
  const stop = new AbortController();
  await second.bus.consume(consumerOf(async ({ stream }) => {
    again.push(stream);
    if (again.includes('bus-1')) stop.abort();
  }), stop.signal);
  t.ok(again.includes('bus-1'));
  await second.close();
});
