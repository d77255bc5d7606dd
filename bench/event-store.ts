import { asBinary, open } from 'lmdb';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LmdbEventStore } from '../src/adapters/embedded/event-store/lmdb-event-store.js';
import { LogEncoding } from '../src/adapters/embedded/event-store/log-encoding.js';
import { openLogEnvironment } from '../src/adapters/embedded/event-store/log-environment.js';
import { toStored } from '../src/adapters/embedded/event-store/stored-event.js';
import type { DomainEvent } from '../src/domain/events.js';
import type { NewEvent } from '../src/ports/event-store.js';
import type { BenchRow } from './bench-row.js';
import { medianOf } from './median.js';

type Append = (writer: number, n: number) => Promise<unknown>;

const WARM_UP_MS = 500;
const MEASURED_MS = 1_500;

const uuid = (writer: number, n: number): string =>
  `0190b8a0-${String(writer % 10_000).padStart(4, '0')}-7000-8000-${String(n).padStart(12, '0')}`;

const eventOf = (writer: number, n: number): NewEvent<DomainEvent> => ({
  id: uuid(writer, n),
  type: 'CourseAddedToCart',
  data: { userId: uuid(writer, 0), courseId: uuid(0, n), addedAt: '2026-01-02T03:04:05.678Z' },
  metadata: {
    actorId: uuid(writer, 0),
    correlationId: uuid(1, n),
    causationId: uuid(2, n),
    occurredAt: '2026-01-02T03:04:05.678Z',
    schemaVersion: 1,
    commandId: uuid(3, n),
  },
});

/** Each writer waits for its answer before it writes again. */
const throughput = async (writers: number, append: Append): Promise<number> => {
  let acknowledged = 0;
  const begin = performance.now();
  const measureFrom = begin + WARM_UP_MS;
  const end = measureFrom + MEASURED_MS;
  const write = async (writer: number): Promise<void> => {
    for (let n = 0; performance.now() < end; n += 1) {
      await append(writer, n);
      if (performance.now() >= measureFrom) acknowledged += 1;
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  return acknowledged / ((performance.now() - measureFrom) / 1_000);
};

/** `put` of the bytes that the store writes for an event; lmdb gathers the puts of a turn into one flushed transaction. */
const rawPuts = async (folder: string, writers: number): Promise<number> => {
  const root = open({ path: folder, noSubdir: false, noMemInit: true });
  const database = root.openDB<unknown, number>({ name: 'raw', encoding: 'binary' });
  const encoding = new LogEncoding([]);
  let key = 0;
  const rate = await throughput(writers, (writer, n) => {
    const bytes = encoding.encode(toStored(eventOf(writer, n), `cart-${uuid(writer, 0)}`, n));
    return database.put((key += 1), asBinary(bytes));
  });
  await root.close();
  return rate;
};

const appends = async (folder: string, writers: number): Promise<number> => {
  const store = new LmdbEventStore(await openLogEnvironment(folder));
  const rate = await throughput(writers, async (writer, n) => {
    const result = await store.append(`cart-${uuid(writer, 0)}`, n === 0 ? 'no_stream' : n - 1, [eventOf(writer, n)]);
    if (!result.ok) throw new Error('an append of a writer to its own stream was refused');
  });
  await store.close();
  return rate;
};

const ROUNDS = 3;

const compare = async (folder: string, writers: number, target: number | null): Promise<BenchRow> => {
  const rounds: { measured: number; baseline: number }[] = [];
  for (let round = 0; round < (target === null ? 1 : ROUNDS); round += 1) {
    const baseline = await rawPuts(join(folder, `raw-${writers}-${round}`), writers);
    const measured = await appends(join(folder, `log-${writers}-${round}`), writers);
    rounds.push({ measured, baseline });
  }
  return {
    name: `EventStore appends, ${writers} ${writers === 1 ? 'writer' : 'writers on distinct streams'}, vs raw lmdb puts of the same bytes`,
    measured: medianOf(rounds.map(({ measured }) => measured)),
    baseline: medianOf(rounds.map(({ baseline }) => baseline)),
    unit: 'events/s',
    ratio: medianOf(rounds.map(({ measured, baseline }) => measured / baseline)),
    target,
  };
};

/** Appends of the embedded EventStore against lmdb without any of it, both acknowledged after the flush. */
export const benchEventStore = async (): Promise<BenchRow[]> => {
  // Not in the system's temporary folder, which may be memory: a flush must reach a disk.
  const folder = mkdtempSync(join(process.cwd(), '.bench-event-store-'));
  try {
    return [await compare(folder, 500, 0.6), await compare(folder, 50, null), await compare(folder, 1, null)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, measured, baseline, unit, ratio, target } of await benchEventStore()) {
    const wanted = target === null ? '' : ` (target ${target})`;
    console.log(`${name}: ${Math.round(measured)} vs ${Math.round(baseline)} ${unit}, ratio ${ratio.toFixed(2)}${wanted}`);
  }
}
