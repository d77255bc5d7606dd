import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LmdbEventStore } from '../src/adapters/embedded/event-store/lmdb-event-store.js';
import { openLogEnvironment } from '../src/adapters/embedded/event-store/log-environment.js';
import { LmdbReadModels } from '../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../src/adapters/embedded/system-clock.js';
import { MongoReadModels } from '../src/adapters/mongodb/read-models.js';
import type { DomainEvent } from '../src/domain/events.js';
import type { NewEvent } from '../src/ports/event-store.js';
import type { ReadModelStore } from '../src/ports/read-model-store.js';
import { collection, projection, rule, type ProjectionDefinition } from '../src/projections/kernel/projection.js';
import { Projector } from '../src/workers/projector/projector.js';
import type { BenchRow } from './bench-row.js';
import { medianOf } from './median.js';

const ROUNDS = 5;
const at = '2026-01-02T03:04:05.678Z';

/** One that the events concern, and others that they do not. */
const projections = (count: number): readonly ProjectionDefinition[] =>
  Array.from({ length: count }, (_, n) => {
    const name = `projection${n}`;
    const documents = collection<{ readonly id: string; readonly times: number }>({ projection: name, name: 'documents', indexes: [] });
    const times = (document: { readonly times: number } | undefined, _event: object, id: string) => ({ id, times: (document?.times ?? 0) + 1 });
    const rules = n === 0 ? [rule(documents, 'CartCleared', ({ data }) => data.userId, times)] : [rule(documents, 'OtpUsed', ({ data }) => data.otpId, times)];
    return projection({ name, version: 1, collections: [documents], rules });
  });

const cleared = (n: number): NewEvent<DomainEvent> => {
  const id = `event-${n}`;
  const metadata = { actorId: null, correlationId: id, causationId: id, commandId: id, occurredAt: at, schemaVersion: 1 };
  return { type: 'CartCleared', data: { userId: `u${n % 100}`, courseIds: [], clearedAt: at }, id, metadata };
};

/** Seconds for one event after the other, each committed by itself, through projections that are level. */
const eventByEvent = async (openReadModels: (folder: string) => Promise<ReadModelStore>, count: number, events: number): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  const store = new LmdbEventStore(await openLogEnvironment(join(folder, 'log')));
  const readModels = await openReadModels(join(folder, 'read-models'));
  const definitions = projections(count);
  const names = definitions.map(({ name }) => name);
  const projector = new Projector({ store, readModels, projections: definitions, clock: systemClock, batchSize: 1 });
  try {
    await projector.start();
    if (!(await projector.waitFor(0n, 60_000, names))) throw new Error('not level');
    const begin = performance.now();
    await store.append('cart-a', 'no_stream', Array.from({ length: events }, (_, n) => cleared(n)));
    if (!(await projector.waitFor(await store.head(), 600_000, names))) throw new Error('not projected');
    return (performance.now() - begin) / 1_000;
  } finally {
    await projector.stop();
    for (const generation of await readModels.generations()) await readModels.drop(generation);
    await readModels.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const compared = async (where: string, openReadModels: (folder: string) => Promise<ReadModelStore>, events: number): Promise<BenchRow> => {
  const few: number[] = [];
  const many: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    few.push(await eventByEvent(openReadModels, 11, events));
    many.push(await eventByEvent(openReadModels, 51, events));
  }
  const [baseline, measured] = [medianOf(few), medianOf(many)].map((seconds) => (seconds * 1_000_000) / events);
  return {
    name: `one event, committed by itself, with 51 projections vs with 11 (${where})`,
    measured: measured ?? 0,
    baseline: baseline ?? 0,
    unit: 'us',
    ratio: (measured ?? 0) / (baseline ?? 1),
    target: 1.2,
    atMost: true,
  };
};

/** With MONGODB_URL also on that server. */
export const benchProjections = async (): Promise<readonly BenchRow[]> => {
  const rows = [await compared('embedded', (folder) => LmdbReadModels.open({ folder, exclusive: true }), 20_000)];
  const { MONGODB_URL: url } = process.env;
  if (url !== undefined) rows.push(await compared('MongoDB', () => MongoReadModels.open({ url }), 300));
  return rows;
};
