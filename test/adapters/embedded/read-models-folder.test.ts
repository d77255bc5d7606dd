import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { LmdbReadModels, type LmdbReadModelsOptions } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { UnindexedQuery, type Document } from '../../../src/ports/read-models.js';
import { courses, Writer } from '../../contracts/read-models.js';

const victim = fileURLToPath(new URL('read-models-victim.js', import.meta.url));

const open = async (t: Test, options: LmdbReadModelsOptions): Promise<LmdbReadModels> => {
  const store = await LmdbReadModels.open(options);
  t.teardown(() => store.close());
  return store;
};

const fill = async (store: LmdbReadModels, count: number): Promise<Writer> => {
  const writer = await Writer.create(store);
  await writer.write('courses', Array.from({ length: count }, (_, n) => ({ id: `c${n}`, level: n % 2 === 0 ? 'even' : 'odd', price: n })));
  await store.activate(writer.generation);
  return writer;
};

t.test('what was closed is there again after a start', async (t) => {
  const folder = join(t.testdir(), 'a.folder.with.dots');
  const store = await LmdbReadModels.open({ folder });
  const writer = await fill(store, 10);
  await store.close();
  t.strictSame(readdirSync(folder).filter((file) => file.startsWith('open-')), []);
  const reasons: string[] = [];
  const again = await open(t, { folder, onDiscarded: (reason) => reasons.push(reason), bootId: 'a later boot' });
  t.equal(await again.count(courses, { level: 'odd' }), 5);
  t.strictSame(await again.generations(), [{ ...writer.generation, state: 'serving' }]);
  t.strictSame(reasons, []);
});

t.test('a killed process leaves everything that it committed', async (t) => {
  const folder = t.testdir();
  const child = spawn(process.execPath, [victim, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await exited;
  t.equal(readdirSync(folder).filter((file) => file.startsWith('open-')).length, 1);
  const store = await open(t, { folder, onDiscarded: (reason) => t.fail(reason) });
  t.equal(await store.count(courses), 1_000);
  t.equal(await store.count(courses, { level: 'odd' }), 500);
});

t.test('after the machine went down with it open, it starts empty and says so', async (t) => {
  const folder = t.testdir();
  const lost = await LmdbReadModels.open({ folder, bootId: 'the boot before' });
  await fill(lost, 10);
  const copy = readdirSync(folder).filter((file) => file.startsWith('open-'));
  t.equal(copy.length, 1);
  await lost.close();
  writeFileSync(join(folder, copy[0] ?? ''), JSON.stringify({ bootId: 'the boot before' }));
  writeFileSync(join(folder, 'not-ours.txt'), 'kept');
  const reasons: string[] = [];
  const store = await open(t, { folder, bootId: 'this boot', onDiscarded: (reason) => reasons.push(reason) });
  t.match(reasons, [/machine went down/]);
  t.strictSame(await store.generations(), []);
  t.equal(await store.get(courses, 'c1'), undefined);
  t.ok(existsSync(join(folder, 'not-ours.txt')));
  await fill(store, 3);
  t.equal(await store.count(courses), 3);
});

t.test('without a boot id, what was not closed counts as lost', async (t) => {
  const folder = t.testdir({ 'open-999999999-0b8a.json': '{"bootId":null}' });
  const reasons: string[] = [];
  await open(t, { folder, bootId: null, onDiscarded: (reason) => reasons.push(reason) });
  t.match(reasons, [/machine went down/]);
});

t.test('a foreign or shortened file is replaced', async (t) => {
  for (const content of ['hello', 'x'.repeat(40_960)]) {
    const folder = t.testdir({ 'data.mdb': content });
    const reasons: string[] = [];
    const store = await LmdbReadModels.open({ folder, onDiscarded: (reason) => reasons.push(reason) });
    t.match(reasons, [/no LMDB environment/]);
    await fill(store, 3);
    t.equal(await store.count(courses), 3);
    await store.close();
  }
});

t.test('a query past the scan limit is refused in strict mode, and told otherwise', async (t) => {
  const folder = t.testdir();
  const strict = await LmdbReadModels.open({ folder, strict: true, scanLimit: 20 });
  await fill(strict, 100);
  await t.rejects(strict.find(courses, { filter: { title: 'x' } }), UnindexedQuery, 'a scan');
  await t.rejects(strict.find(courses, { filter: { level: 'odd', title: 'x' } }), UnindexedQuery, 'too much read in vain');
  await t.rejects(strict.find(courses, { filter: { level: 'odd' }, sort: { title: 1 }, limit: 1 }), UnindexedQuery, 'a sort');
  await t.rejects(strict.count(courses, { title: { $ne: null } }), UnindexedQuery);
  t.equal((await strict.find(courses, { filter: { level: 'odd' }, sort: { price: -1 }, skip: 40, limit: 5 })).length, 5);
  t.equal((await strict.find(courses, { filter: { level: 'odd', price: { $lt: 50 } }, skip: 20 })).length, 5);
  t.equal((await strict.find(courses, { sort: { id: 1 }, skip: 90 })).length, 10);
  t.equal((await strict.find(courses, { filter: { $or: [{ level: 'odd', price: 3 }, { level: 'even', price: 4 }] } })).length, 2);
  await strict.close();
  const told: string[] = [];
  const store = await open(t, { folder, scanLimit: 20, onUnindexed: (query) => told.push(query) });
  t.equal((await store.find(courses, { filter: { title: null } })).length, 100);
  t.strictSame(await store.find(courses, { filter: { title: 'x' } }), []);
  t.equal(told.length, 1);
  t.match(told[0], /title/);
});

t.test('skipped documents are not read when the index covers the filter', async (t) => {
  const store = await open(t, { folder: t.testdir(), strict: true, scanLimit: 0 });
  const writer = await fill(store, 2_000);
  const deep = await store.find(courses, { filter: { level: 'even' }, sort: { price: -1 }, skip: 990, limit: 10 });
  t.same(deep.map((course: Document & { price?: number }) => course.price), [18, 16, 14, 12, 10, 8, 6, 4, 2, 0]);
  t.equal(writer.generation.generation, 1);
});

t.test('a big generation is deleted bit by bit, also after a restart in between', async (t) => {
  const folder = t.testdir();
  const first = await LmdbReadModels.open({ folder });
  const old = await fill(first, 5_000);
  await fill(first, 10);
  t.equal(await first.count(courses), 10);
  await first.close();
  const store = await open(t, { folder });
  await store.swept();
  t.equal(await store.count(courses), 10);
  t.equal(await store.count(courses, { level: 'odd' }), 5);
  await t.rejects(store.load(old.generation, 'courses', ['c1']));
});

t.test('documents of any number of shapes are read again, after a failed commit and after a restart', async (t) => {
  const folder = t.testdir();
  const nothing = { projection: 'shapes', name: 'shapes', indexes: [] };
  const field = (n: number): string => `f${String.fromCharCode(97 + (n % 26), 97 + (Math.floor(n / 26) % 26))}`;
  const shaped = (n: number): Document & Readonly<Record<string, unknown>> => ({
    id: `d${n}`,
    [field(n)]: n,
    nested: { [field(n + 7)]: { [field(n * 3)]: [{ [field(n + 1)]: 1 }] } },
    byCourse: { [`course-${n}`]: n },
  });
  const all = Array.from({ length: 300 }, (_, n) => shaped(n));
  for (const round of [0, 1, 2]) {
    const store = await LmdbReadModels.open({ folder });
    const generation = (await store.generations())[0] ?? (await store.createGeneration('shapes', 1, [nothing], new Date()));
    const { checkpoint } = generation;
    const own = all.slice(round * 100, round * 100 + 100);
    const writes = own.map((document) => ({ collection: 'shapes', id: document.id, document, position: 1n }));
    const bad = { collection: 'nowhere', id: 'x', document: { id: 'x' }, position: 1n };
    await t.rejects(store.commit([{ generation, writes: [...writes, bad], checkpoint: checkpoint + 1n }]));
    await store.commit([{ generation, writes: writes.toReversed(), checkpoint: checkpoint + 1n }]);
    if (round === 0) await store.activate(generation);
    t.strictSame(await store.getMany(nothing, all.map(({ id }) => id)), all.map((document, n) => (n < round * 100 + 100 ? document : undefined)));
    await store.close();
  }
});

t.test('issue 9.6: a query without an index is told once for each shape, without what was searched for', async (t) => {
  const told: string[] = [];
  const store = await open(t, { folder: t.testdir(), scanLimit: 20, onUnindexed: (query) => told.push(query) });
  await fill(store, 100);
  for (const title of ['secret', 'Ada Lovelace']) {
    await store.find(courses, { filter: { title, $or: [{ level: 'odd' }, { level: 'even' }] } });
    await store.find(courses, { filter: { title: { $in: [title, 'x'] } } });
    await store.count(courses, { title });
    await store.find(courses, { filter: { level: { $in: ['odd', 'even'] } }, sort: { title: 1 } });
  }
  t.equal(told.length, 4, told.join('\n'));
  t.notMatch(told.join(), /secret|Ada|"x"/);
  t.match(told[3], /"level":\{"\$in":\["\?"\]\}/);
});
