import { open } from 'lmdb';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import t from 'tap';
import { DataFolderUnusable } from '../../../src/adapters/embedded/event-store/log-file-check.js';
import { appendOrFail, collect, labelOf } from '../../contracts/event-store-samples.js';
import { openStore } from './open-log.js';

const filled = async (folder: string, events: number): Promise<void> => {
  const store = await openStore(folder);
  const appends = Array.from({ length: events }, (_, n) => appendOrFail(store, `folder-${n % 10}`, ['x'.repeat(500)]));
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

void t.test('a log that was cut off, as by an interrupted copy, is refused', async (t) => {
  const folder = t.testdir();
  await filled(folder, 5_000);
  const path = `${folder}/data.mdb`;
  mkdirSync(`${folder}/copy`);
  copyFileSync(path, `${folder}/copy/data.mdb`);
  truncateSync(`${folder}/copy/data.mdb`, Math.floor(statSync(path).size / 2));
  await t.rejects(openStore(`${folder}/copy`), DataFolderUnusable);
  truncateSync(`${folder}/copy/data.mdb`, 100);
  await t.rejects(openStore(`${folder}/copy`), DataFolderUnusable);
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
