import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { backUp } from '../../../src/adapters/embedded/backup.js';
import { openDataFolder } from '../../../src/adapters/embedded/data-folder.js';
import { DiskFileStore } from '../../../src/adapters/embedded/file-store.js';
import { systemClock } from '../../../src/adapters/embedded/system-clock.js';
import { backupCommand } from '../../../src/cli/backup.js';
import { runOn, type Terminal } from '../../../src/cli/command.js';
import { restoreCommand } from '../../../src/cli/restore.js';
import { addedToCart, collect } from '../../contracts/event-store-samples.js';
import { embedded, newFolder, runExport } from '../../log-copy/copying.js';
import { dayOfUse, documentsIn } from '../../log-copy/day-of-use.js';
import { RunningApplication } from '../../application/running-application.js';
import { openStore } from './open-log.js';

const child = fileURLToPath(new URL('appending-child.js', import.meta.url));

const backUpTo = (from: string, to: string) => backUp({ from, to, clock: systemClock, bucket: null, onProgress: () => undefined, verify: async () => undefined });

const terminalOf = (lines: string[], signal = new AbortController().signal): Terminal => ({ print: (line) => void lines.push(line), signal, operator: 'olga' });

const restoreTo = async (dataDirectory: string, folder: string): Promise<readonly string[]> => {
  const lines: string[] = [];
  const code = await runOn(restoreCommand, [folder], { dataDirectory, clock: systemClock, bucket: null }, terminalOf(lines));
  if (code !== 0) throw new Error(lines.join('\n'));
  return lines;
};

/** A data folder with a few events and a file. */
const smallFolder = async (t: Test): Promise<string> => {
  const root = await newFolder(t);
  const store = await openStore(join(root, 'log'));
  for (const label of ['a', 'b', 'c']) await store.append(`cart-${label}`, 'no_stream', [addedToCart(label), addedToCart(label)]);
  await store.close();
  const files = await DiskFileStore.open(join(root, 'files'));
  await files.put('pictures/one', Buffer.from('picture'), { contentType: 'image/png' });
  return root;
};

t.test('backups taken while another process appends hold whatever was acknowledged before, and each is whole', async (t) => {
  const root = await newFolder(t);
  const appending = spawn(process.execPath, [child, join(root, 'log'), '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(appending, 'exit');
  let acknowledged = '';
  let backups = 0;
  for await (const chunk of appending.stdout) {
    acknowledged += String(chunk);
    if (acknowledged.length < (backups + 1) * 20_000) continue;
    const before = acknowledged.slice(0, acknowledged.lastIndexOf('\n')).split('\n');
    backups += 1;
    const folder = join(root, `backup-${backups}`);
    const { events } = await backUpTo(root, folder);
    t.ok(events >= before.length * 3, `${events} events, ${before.length * 3} acknowledged before`);
    t.match(await runExport(embedded(root), [join(root, 'events.ndjson')]), { code: 0 });
    const restored = join(root, `restored-${backups}`);
    t.match((await restoreTo(restored, folder)).join('\n'), /no gap in any stream/);
    const store = await openStore(join(restored, 'log'));
    for (const line of before.slice(-8)) {
      const [stream = '', revision = ''] = line.split(' ');
      t.ok((await collect(store.readStream(stream))).length > Number(revision), line);
    }
    await store.close();
    if (backups === 3) appending.kill('SIGKILL');
    if (backups === 3) break;
  }
  await exited;
});

t.test('a restored folder serves what the first one served', async (t) => {
  const app = await dayOfUse(t);
  const folder = join(await newFolder(t), 'backup');
  await app.stop();
  const before = await documentsIn(app.folder);
  await backUpTo(app.folder, folder);
  const restored = await newFolder(t);
  t.match((await restoreTo(restored, folder)).join('\n'), /[1-9]\d* links of hash chains hold/);
  const again = await RunningApplication.start(t, restored);
  await again.settle();
  t.same(await again.mails(), [], 'no mail is sent a second time');
  await again.stop();
  t.same(await documentsIn(restored), before);
});

t.test('files come along, secrets, mails and read models do not', async (t) => {
  const root = await smallFolder(t);
  await writeFile(join(root, 'jwt.secret'), 'secret');
  await mkdir(join(root, 'read-models'));
  const folder = join(root, '..', `${root.split('/').at(-1)}-backup`);
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const lines: string[] = [];
  const needed = { dataDirectory: root, bucket: null, clock: systemClock };
  t.equal(await runOn(backupCommand, [folder], needed, terminalOf(lines)), 0);
  t.match(lines.at(-1), /6 events up to position 6, 3 files, \d+ bytes/);
  t.same((await readdir(folder)).sort(), ['files', 'log', 'manifest.json']);
  const restored = await newFolder(t);
  await writeFile(join(restored, 'jwt.secret'), 'kept apart');
  await restoreTo(restored, folder);
  const files = await DiskFileStore.open(join(restored, 'files'));
  const found = await files.get('pictures/one');
  t.equal(found && (await textOf(found.content)), 'picture');
  t.equal(await readFile(join(restored, 'jwt.secret'), 'utf8'), 'kept apart');
  t.equal(await runOn(backupCommand, [], needed, terminalOf(lines)), 2);
});

t.test('a backup replaces nothing, a restore neither', async (t) => {
  const root = await smallFolder(t);
  const folder = join(root, 'backup');
  await backUpTo(root, folder);
  await t.rejects(backUpTo(root, folder), /is not empty/);
  await t.rejects(restoreTo(root, folder), /is not empty/);
  const taken = await newFolder(t);
  const other = openDataFolder(taken);
  await t.rejects(restoreTo(taken, folder), { name: 'DataFolderInUse' });
  other.close();
});

t.test('a backup that is not what it was is refused, and nothing of it is put in place', async (t) => {
  const root = await smallFolder(t);
  const damaged = async (damage: (folder: string) => Promise<void>, reason: RegExp): Promise<void> => {
    const folder = join(await newFolder(t), 'backup');
    await backUpTo(root, folder);
    await damage(folder);
    const target = await newFolder(t);
    await t.rejects(restoreTo(target, folder), { message: reason });
    t.same(await readdir(target), []);
  };
  const manifest = async (folder: string, change: (text: string) => string): Promise<void> => {
    const path = join(folder, 'manifest.json');
    await writeFile(path, change(await readFile(path, 'utf8')));
  };
  await damaged((folder) => rm(join(folder, 'manifest.json')), /has no readable manifest/);
  await damaged((folder) => rm(join(folder, 'log', 'data.mdb')), /log\/data\.mdb can't be copied/);
  await damaged(async (folder) => {
    const path = join(folder, 'log', 'data.mdb');
    const bytes = await readFile(path);
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
    await writeFile(path, bytes);
  }, /is not what was backed up/);
  await damaged((folder) => manifest(folder, (text) => text.replace('"log/data.mdb"', '"../data.mdb"')), /outside of the backup/);
  await damaged((folder) => manifest(folder, (text) => text.replace('"events": 6', '"events": 7')), /the backup was of 7/);
  await damaged((folder) => manifest(folder, (text) => text.replace('"version": 1', '"version": 3')), /later version/);
});
