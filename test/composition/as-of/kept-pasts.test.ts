import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { KeptPasts } from '../../../src/composition/as-of/kept-pasts.js';
import { temporaryFolder } from '../../../src/composition/as-of/open-past-answers.js';
import { PastLog } from '../../../src/composition/as-of/past-log.js';
import { buildPart } from '../../../src/composition/as-of/past-part.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { cartsProjection } from '../../../src/projections/carts/projection.js';
import { erasuresProjection } from '../../../src/projections/erasures/projection.js';
import { addedToCart } from '../../contracts/event-store-samples.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';

const POSITIONS = 40;

/** Moments of a log of carts, in a folder with something that a killed process has left. `gate` holds builds back; a refused one lets them fail. */
const moments = async (t: Test, gate: () => Promise<void> = async () => undefined) => {
  const present = t.testdir();
  const folder = join(present, 'as-of');
  await mkdir(join(folder, 'left'), { recursive: true });
  await writeFile(join(folder, 'left', 'data.mdb'), 'left');
  const store = new MemoryEventStore<DomainEvent>();
  for (let n = 0; n < POSITIONS; n += 1) await store.append(`cart-${n}`, 'no_stream', [addedToCart(String(n))]);
  const readModels = await LmdbReadModels.open({ folder: join(present, 'present'), exclusive: true });
  const empty = await buildPart({ store, end: 0n, later: [], projections: [erasuresProjection], folder: join(present, 'none'), signal: new AbortController().signal, onProgress: () => undefined });
  const clock = new FakeClock();
  let builds = 0;
  const pasts = new KeptPasts({
    store, readModels: empty.readModels, projections: [cartsProjection], folder, clock,
    build: async (options) => {
      builds += 1;
      await gate();
      return buildPart(options);
    },
  });
  t.teardown(async () => {
    await pasts.close();
    await empty.close();
    await readModels.close();
  });
  const look = async (position: bigint, caller = 'ada'): Promise<void> => {
    const past = await pasts.take(position);
    try {
      await pasts.complete(past, ['carts'], caller);
    } finally {
      pasts.letGo(past);
    }
  };
  return { pasts, look, clock, store, folders: () => readdir(folder).catch((): readonly string[] => []), builds: () => builds };
};

/** Lets what was begun go on, until it is true. */
const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
};

t.test('three moments are kept: the one that was not asked for longest goes, with its folder, and so does what a killed process left', async (t) => {
  const { look, clock, folders, builds, pasts } = await moments(t);
  for (const position of [1n, 2n, 3n, 1n, 4n]) {
    await look(position);
    clock.advance(1_000);
  }
  t.equal(builds(), 4, 'what is kept is not made again');
  await until(async () => (await folders()).length === 3);
  t.notOk((await folders()).includes('left'));
  await look(1n);
  t.equal(builds(), 4, 'it was asked for again meanwhile');
  await look(2n);
  t.equal(builds(), 5, 'it had gone');
  await clock.whenWaiting();
  clock.advance(599_000);
  await look(2n);
  await clock.whenWaiting();
  clock.advance(61_000);
  await until(async () => (await folders()).length === 1);
  await look(2n);
  t.equal(builds(), 5, 'ten minutes count from the last use');
  await pasts.close();
  t.same(await folders(), []);
});

t.test('a build that fails is told, and the next one tries again', async (t) => {
  let fails = true;
  const { look, folders, builds } = await moments(t, async () => {
    if (fails) throw new Error('disk full');
  });
  await t.rejects(look(5n), { message: 'disk full' });
  t.same(await folders(), []);
  fails = false;
  await look(5n);
  t.equal(builds(), 2);
  t.equal((await folders()).length, 1);
});

t.test('moments are made one after another: sixteen may be waited for, three by one caller, and whoever asks for the same one waits with the others', async (t) => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const { look, builds } = await moments(t, () => opened);
  const waiting = Array.from({ length: 16 }, (_, n) => look(BigInt(n + 1), `caller ${Math.floor(n / 3)}`));
  await until(async () => builds() === 1);
  await t.rejects(look(20n, 'caller 1'), { status: 429, code: 'as-of-too-many', headers: { 'retry-after': '60' } });
  await t.rejects(look(20n, 'another'), { status: 503, code: 'as-of-busy', headers: { 'retry-after': '60' } });
  const joined = Array.from({ length: 50 }, () => look(1n, 'another'));
  await until(async () => builds() === 1);
  open();
  await Promise.all([...waiting, ...joined]);
  t.equal(builds(), 16);
  await look(20n, 'caller 1');
  t.equal(builds(), 17, 'there is room again');
});

t.test('a moment in the middle of events that were appended together', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  await store.append('cart-a', 'no_stream', ['1', '2', '3'].map((course) => addedToCart(course)));
  const log = new PastLog({ store, end: 2n });
  const positions = async (events: AsyncIterable<{ readonly position: bigint }>): Promise<readonly bigint[]> => {
    const found: bigint[] = [];
    for await (const { position } of events) found.push(position);
    return found;
  };
  t.same(await positions(log.readAll()), [1n, 2n]);
  t.same(await positions(log.readStream('cart-a')), [1n, 2n]);
  t.same(await positions(log.readStream('cart-a', { direction: 'backwards' })), [2n, 1n]);
  t.equal(await log.head(), 2n);
  const ended = new AbortController();
  const followed: bigint[] = [];
  for await (const { events, live } of log.subscribe({ after: 0n, signal: ended.signal })) {
    followed.push(...events.map(({ position }) => position));
    if (live) break;
  }
  t.same(followed, [1n, 2n]);
  await t.rejects(log.append());
});

t.test('where processes share DATA_DIR, folders of processes that run no more are removed', async (t) => {
  const parent = t.testdir({ 'registrar-as-of-4194305-abc': { 'data.mdb': '' }, [`registrar-as-of-${process.pid}-abc`]: {}, other: {} });
  const folder = await temporaryFolder(parent);
  t.match(folder, new RegExp(`registrar-as-of-${process.pid}-`));
  t.same((await readdir(parent)).filter((name) => name.includes('4194305')), [], 'no pid is so large');
  t.equal((await readdir(parent)).length, 3);
});
