import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import t, { type Test } from 'tap';
import { DiskFileStore } from '../../../src/adapters/embedded/file-store.js';
import { FileStoreUnavailable, FileTooLarge } from '../../../src/ports/file-store.js';
import { fileStoreContract } from '../../contracts/file-store.js';

const folderOf = (t: Test): string => join(t.testdir(), 'files');
const leftIn = async (folder: string): Promise<readonly string[]> =>
  (await Promise.all(['incoming', 'content', 'entries'].map((part) => readdir(join(folder, part))))).flat();

fileStoreContract('the disk', (t) => DiskFileStore.open(folderOf(t)));

t.test('refused, replaced and deleted files leave nothing on the disk', async (t) => {
  const folder = folderOf(t);
  const files = await DiskFileStore.open(folder);
  const options = { contentType: 'text/plain', maxBytes: 3 };
  await t.rejects(files.put('a', Readable.from(['12', '34']), options), FileTooLarge);
  t.same(await leftIn(folder), []);
  await Promise.all(['1', '2', '3'].map((content) => files.put('a', Buffer.from(content), options)));
  t.equal((await leftIn(folder)).length, 2);
  await files.delete('a');
  t.same(await leftIn(folder), []);
});

t.test('what a crash left half written is gone after a later start; the files are there', async (t) => {
  const folder = folderOf(t);
  const before = await DiskFileStore.open(folder);
  await before.put('kept', Buffer.from('x'), { contentType: 'text/plain' });
  const [half, underWay] = ['half', 'under-way'].map((name) => join(folder, 'incoming', name));
  for (const path of [half, underWay]) await writeFile(path ?? '', 'half');
  const twoHoursAgo = Date.now() / 1_000 - 7_200;
  await utimes(half ?? '', twoHoursAgo, twoHoursAgo);
  const after = await DiskFileStore.open(folder);
  t.same(await readdir(join(folder, 'incoming')), ['under-way'], 'another process may be receiving it');
  t.match(await after.get('kept'), { contentType: 'text/plain', size: 1 });
});

t.test('many processes may start at once, also while one of them receives a file', async (t) => {
  const folder = folderOf(t);
  for (let round = 0; round < 20; round += 1) {
    await rm(folder, { recursive: true, force: true });
    const files = await DiskFileStore.open(folder);
    async function* slowly() {
      for (let part = 0; part < 10; part += 1) {
        await DiskFileStore.open(folder);
        yield Buffer.from('x');
      }
    }
    const received = files.put('a', Readable.from(slowly()), { contentType: 'text/plain' });
    await Promise.all(Array.from({ length: 20 }, () => DiskFileStore.open(folder)));
    await received;
    t.match(await files.get('a'), { size: 10 });
  }
});

t.test('a folder that is gone is told of', async (t) => {
  const folder = folderOf(t);
  const files = await DiskFileStore.open(folder);
  await rm(folder, { recursive: true });
  await t.rejects(files.check(), FileStoreUnavailable);
});
