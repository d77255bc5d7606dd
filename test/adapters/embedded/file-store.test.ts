import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import t, { type Test } from 'tap';
import { DiskFileStore } from '../../../src/adapters/embedded/file-store.js';
import { FileTooLarge } from '../../../src/ports/file-store.js';
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

t.test('what a crash left half written is gone after the next start; the files are there', async (t) => {
  const folder = folderOf(t);
  const before = await DiskFileStore.open(folder);
  await before.put('kept', Buffer.from('x'), { contentType: 'text/plain' });
  await writeFile(join(folder, 'incoming', 'half'), 'half');
  const after = await DiskFileStore.open(folder);
  t.same(await readdir(join(folder, 'incoming')), []);
  t.match(await after.get('kept'), { contentType: 'text/plain', size: 1 });
});
