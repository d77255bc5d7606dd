import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { exportLog } from '../../src/log-copy/export-log.js';
import type { AnyEvent, NewEvent } from '../../src/ports/event-store.js';
import type { ReadModels } from '../../src/ports/read-models.js';
import { canonicalJson } from '../../src/primitives/canonical-json.js';
import { periodsOf } from '../../src/primitives/zone-periods.js';
import { figureDays } from '../../src/projections/analytics/document.js';
import { analyticsProjection } from '../../src/projections/analytics/projection.js';
import { DIMENSIONS, noSums, shownMoney, sumStretches, type Dimension, type Sums } from '../../src/projections/analytics/queries.js';
import { chunksOf } from '../../src/projections/kernel/slice.js';
import { Projector } from '../../src/workers/projector/projector.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { RandomShop } from '../fixtures/random-shop.js';
import { Recount, type Tally } from '../fixtures/recount.js';

const ZONES = ['Asia/Jakarta', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Africa/Casablanca'] as const;
const COMMANDS = 20_000;
const SEED = 20_261_128;
const [FIRST, LAST] = ['2025-11-01', '2027-06-30'];
const PATIENCE_MS = 60_000;
const NOTHING = '[[],[],[]]';

const newEvent = (event: DomainEvent): NewEvent<DomainEvent> => {
  const id = randomUUID();
  return { ...event, id, metadata: { actorId: null, correlationId: id, causationId: id, commandId: id, occurredAt: '2027-07-01T00:00:00.000Z', schemaVersion: 1 } };
};

const store = new MemoryEventStore<DomainEvent>();
const append = async (rows: RandomShop['rows']): Promise<void> => {
  for (const [stream, events] of rows) await store.append(stream, 'any', events.map(newEvent));
};

/** Fills read models up to the end of the log, and hands them to `use`. */
const withFigures = async (folder: string, use: (readModels: ReadModels) => Promise<void>): Promise<void> => {
  const readModels = await LmdbReadModels.open({ folder, exclusive: true });
  const projector = new Projector({ store, readModels, projections: [analyticsProjection], clock: systemClock });
  await projector.start();
  try {
    const isThere = await projector.waitFor(await store.head(), PATIENCE_MS, [analyticsProjection.name]);
    if (!isThere) throw new Error(JSON.stringify(await projector.unavailable([analyticsProjection.name])));
    await use(readModels);
  } finally {
    await projector.stop();
    await readModels.close();
  }
};

/** All figures as texts. */
const documents = async (folder: string): Promise<readonly string[]> => {
  const texts: string[] = [];
  await withFigures(folder, async (readModels) => {
    for await (const chunk of chunksOf(readModels, figureDays, { filter: {}, sort: { day: 1 } }, { size: 500 })) texts.push(...chunk.map((day) => canonicalJson(day)));
  });
  return texts.toSorted();
};

/** What other tools see: the lines of an export, and nothing else. */
const recounted = async (): Promise<Recount> => {
  const recount = new Recount(ZONES);
  const write = async (lines: string): Promise<void> => {
    for (const line of lines.trimEnd().split('\n')) recount.take(JSON.parse(line) as AnyEvent);
  };
  await exportLog({ source: store, after: 0n, write, signal: new AbortController().signal, onProgress: () => undefined });
  return recount;
};

const placesIn = ({ tallies }: Recount): readonly string[] => [...new Set([...tallies.keys()].map((name) => name.split(' ')[1] ?? ''))];
const isDimension = (name: string): name is Dimension => DIMENSIONS.some((one) => one === name);

// Both as one text each: without zeros, in one order.
const sorted = (entries: readonly (readonly unknown[])[]) => entries.filter(([, value]) => value !== 0).toSorted((one, other) => (String(one[0]) < String(other[0]) ? -1 : 1));
const ofTally = ({ counts, money, scores }: Tally): string => JSON.stringify([[...counts], [...money].map(([name, amount]) => [name, Number(amount)]), [...scores]].map(sorted));
const ofSums = (sums: Sums): string => {
  const money = shownMoney(sums).flatMap(({ currency, gross, discounts, refunds, netWithCoupon, accessGiven }) =>
    Object.entries({ gross, discounts, refunds, netWithCoupon, accessGiven }).map(([name, amount]) => [`${name} ${currency}`, Number(amount.replace('.', ''))]));
  return JSON.stringify([Object.entries(sums.counts), money, Object.entries(sums.scores)].map(sorted));
};

const differences = async (readModels: ReadModels, recount: Recount): Promise<{ readonly compared: number; readonly wrong: readonly string[] }> => {
  const wrong: string[] = [];
  let compared = 0;
  for (const zone of ZONES) {
    const periods = periodsOf(zone, 'day', FIRST, LAST, 1_000) ?? [];
    for (const place of placesIn(recount)) {
      const [dimension = '', key = ''] = place.split('/');
      if (!isDimension(dimension)) throw new Error(dimension);
      const sums = await sumStretches(readModels, { dimension, key }, periods);
      for (const [index, { start }] of periods.entries()) {
        const name = `${zone} ${place} ${start.slice(0, 10)}`;
        const tally = recount.tallies.get(name);
        const [figures, counted] = [ofSums(sums[index] ?? noSums()), tally === undefined ? NOTHING : ofTally(tally)];
        if (counted !== NOTHING) compared += 1;
        if (figures !== counted) wrong.push(`${name}\n  figures ${figures}\n  recount ${counted}`);
      }
    }
  }
  return { compared, wrong };
};

t.test(`figures of ${COMMANDS} random commands are those of a recount`, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'registrar-figures-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const shop = new RandomShop(SEED);
  shop.run(COMMANDS);
  const half = Math.floor(shop.rows.length / 2);
  await append(shop.rows.slice(0, half));
  await withFigures(join(folder, 'one'), async () => undefined);
  await append(shop.rows.slice(half));

  const recount = await recounted();
  const seen = new Set([...recount.tallies.values()].flatMap(({ counts, money, scores }) => [...counts.keys(), ...[...money.keys()].map((name) => name.split(' ')[0]), ...(scores.size > 0 ? ['scores'] : [])]));
  t.ok(seen.size > 38, `${seen.size} kinds of figures came about`);
  t.ok([...recount.tallies.values()].some(({ money }) => [...money].some(([name, amount]) => name.startsWith('refunds') && amount < 0n)), 'refunds came back on another day');
  await withFigures(join(folder, 'one'), async (readModels) => {
    const { compared, wrong } = await differences(readModels, recount);
    t.same(wrong.slice(0, 3), [], 'after a restart in between, with events that came late');
    t.ok(compared > 20_000, `${compared} days have figures`);
  });

  const before = await documents(join(folder, 'one'));
  t.ok(before.length > 5_000, `${before.length} days of keys`);
  t.same(await documents(join(folder, 'two')), before, 'after a rebuild');
  await append([...Array(60).keys()].map((n) => [`account-student-${n}`, [{ type: 'AccountDeleted', data: { accountId: `student-${n}`, avatarFile: null, deletedAt: '2027-07-01T00:00:00.000Z' } }]]));
  t.same(await documents(join(folder, 'two')), before, 'after the accounts were erased');
  t.same(await documents(join(folder, 'three')), before, 'after a rebuild without them');
});
