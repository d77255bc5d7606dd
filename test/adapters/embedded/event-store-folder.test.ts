import { open } from 'lmdb';
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import t from 'tap';
import { LmdbEventStore } from '../../../src/adapters/embedded/event-store/lmdb-event-store.js';
import { DataFolderUnusable } from '../../../src/adapters/embedded/event-store/log-file-check.js';
import { appendOrFail, collect, labelOf } from '../../contracts/event-store-samples.js';
import { openStore } from './open-log.js';

const filled = async (folder: string, events: number, lengths: readonly number[] = [500]): Promise<void> => {
  const store = await openStore(folder);
  const appends = Array.from({ length: events }, (_, n) => appendOrFail(store, `folder-${n % 10}`, ['x'.repeat(lengths[n % lengths.length] ?? 0)]));
  await Promise.all(appends);
  await store.close();
};

void t.test('a file that is not LMDB is refused and left alone', async (t) => {
  const folder = t.testdir({ 'data.mdb': 'these are somebody’s notes, and there are enough of them to fill a header of LMDB'.repeat(200) });
  const before = readFileSync(`${folder}/data.mdb`);
  await t.rejects(openStore(folder), { name: 'DataFolderUnusable', message: /not an LMDB file.*Set DATA_DIR/ });
  t.strictSame(readFileSync(`${folder}/data.mdb`), before);
});

void t.test('a folder with other files is refused', async (t) => {
  await t.rejects(openStore(t.testdir({ 'thesis.txt': 'chapter one' })), { message: /other files \(thesis\.txt\)/ });
});

void t.test('an LMDB database of another program is refused', async (t) => {
  const folder = t.testdir();
  const foreign = open({ path: folder, noSubdir: false });
  await foreign.openDB({ name: 'theirs' }).put('key', 'value');
  await foreign.close();
  await t.rejects(openStore(folder), { message: /another program/ });
  const again = open({ path: folder, noSubdir: false });
  t.equal(again.openDB({ name: 'theirs' }).get('key'), 'value');
  await again.close();
});

void t.test('a log of a later version is refused with what to start instead', async (t) => {
  const folder = t.testdir();
  await filled(folder, 1);
  const later = open({ path: folder, noSubdir: false });
  await later.openDB({ name: 'meta', encoding: 'json' }).put('format', { name: 'registrar-event-log', version: 99 });
  await later.close();
  await t.rejects(openStore(folder), { message: /later version.*format 99.*Start the version that wrote it/ });
});

/** Cuts at ends of pages, and within them. */
const STEP = 19_456;

void t.test('a log that was cut off anywhere, as by an interrupted copy, is refused and left alone, or nothing of it is missing', async (t) => {
  const folder = t.testdir();
  // Long ones are on pages of their own.
  await filled(folder, 120, [500, 5_000]);
  const whole = readFileSync(`${folder}/data.mdb`);
  const path = `${folder}/copy/data.mdb`;
  const wrong: string[] = [];
  let refused = 0;
  for (let size = 100; size < whole.length; size += STEP) {
    rmSync(`${folder}/copy`, { recursive: true, force: true });
    mkdirSync(`${folder}/copy`);
    writeFileSync(path, whole.subarray(0, size));
    const store = await openStore(`${folder}/copy`).catch((error: unknown) => error);
    if (store instanceof LmdbEventStore) {
      if ((await collect(store.readAll())).length !== 120) wrong.push(`${size}: opened, and lacks events`);
      await store.close();
    } else {
      refused += 1;
      if (!(store instanceof DataFolderUnusable)) wrong.push(`${size}: ${String(store)}`);
      if (!readFileSync(path).equals(whole.subarray(0, size))) wrong.push(`${size}: the file was changed`);
    }
  }
  t.same(wrong, []);
  t.ok(refused > 20, `${refused} were refused`);
});

void t.test('a log that lacks more than LMDB ever leaves unwritten is refused by its length', async (t) => {
  const folder = t.testdir();
  const path = `${folder}/data.mdb`;
  await filled(folder, 100, [50_000]);
  truncateSync(path, Math.floor(statSync(path).size / 2));
  const before = readFileSync(path);
  await t.rejects(openStore(folder), { name: 'DataFolderUnusable', message: /is cut off: data.mdb has \d+ of \d+ bytes/ });
  t.ok(readFileSync(path).equals(before));
});

void t.test('pages at the end of the file that nothing uses may be missing', async (t) => {
  const folder = t.testdir();
  const path = `${folder}/data.mdb`;
  await filled(folder, 10);
  // As after a transaction that freed pages which it had taken: LMDB counts on them and never wrote them.
  const root = open({ path: folder, noSubdir: false });
  const garbage = root.openDB<Buffer, string>({ name: 'checkpoints', encoding: 'binary' });
  await garbage.put('garbage', Buffer.alloc(200_000));
  await garbage.remove('garbage');
  await root.close();
  const { size } = statSync(path);
  truncateSync(path, size - 100_000);
  const store = await openStore(folder);
  t.equal((await collect(store.readAll())).length, 10);
  await appendOrFail(store, 'folder-1', ['another']);
  await store.close();
});

void t.test('an empty file, as a start that was killed leaves it, is begun again', async (t) => {
  const folder = t.testdir({ 'data.mdb': '' });
  const store = await openStore(folder);
  t.same(await collect(store.readAll()), []);
  await appendOrFail(store, 'folder-1', ['first']);
  t.same((await collect(store.readAll())).map(labelOf), ['first']);
  await store.close();
});

void t.test('garbage behind the end of the file does no harm', async (t) => {
  const folder = t.testdir();
  await filled(folder, 10);
  appendFileSync(`${folder}/data.mdb`, 'garbage');
  const store = await openStore(folder);
  t.equal((await collect(store.readAll())).length, 10);
  await store.close();
});
