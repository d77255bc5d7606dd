import { randomUUID } from 'node:crypto';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import t, { type Test } from 'tap';
import { DiskFileStore } from '../../src/adapters/embedded/file-store.js';
import { backupCommand } from '../../src/cli/backup.js';
import { runOn, type Needs, type Terminal } from '../../src/cli/command.js';
import { filesCommand } from '../../src/cli/files/files.js';
import { searchedFolders } from '../../src/cli/files/orphans.js';
import { restoreCommand } from '../../src/cli/restore.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { FileStore } from '../../src/ports/file-store.js';
import { openStore } from '../adapters/embedded/open-log.js';
import { addedToCart } from '../contracts/event-store-samples.js';
import { FakeClock } from '../doubles/fake-clock.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { projectRoot } from '../project-root.js';

const at = '2026-03-01T12:00:00.000Z';
const DAY_MS = 24 * 60 * 60_000;
const metadata = { actorId: null, correlationId: 'c', causationId: 'c', occurredAt: at, schemaVersion: 1, commandId: 'c' };

interface World extends Omit<Needs['files'], 'bucket'> {
  readonly root: string;
  readonly bucket: FileStore;
  readonly store: MemoryEventStore<DomainEvent>;
}

/** Two folders, one of which stands for the bucket: the commands know the port alone. */
const worldOf = async (t: Test): Promise<World> => {
  const root = t.testdir();
  const [folder, bucket] = [await DiskFileStore.open(join(root, 'data/files')), await DiskFileStore.open(join(root, 'bucket'))];
  const store = new MemoryEventStore<DomainEvent>();
  return { root, folder, bucket, store, openLog: async () => store, clock: new FakeClock() };
};

const fill = async (files: FileStore, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) {
    await files.put(`avatars/${String(n).padStart(3, '0')}.png`, Buffer.from(`picture ${n}`), { contentType: 'image/png; metadata=none', disposition: `inline; filename="${n}.png"` });
  }
};

const terminalOf = (signal: AbortSignal, print: (line: string) => void = () => undefined): Terminal => ({ print, signal, operator: 'olga' });

const run = async (args: readonly string[], needed: Needs['files'], signal = new AbortController().signal, onLine: (line: string) => void = () => undefined) => {
  const lines: string[] = [];
  const code = await runOn(filesCommand, args, needed, terminalOf(signal, (line) => { lines.push(line); onLine(line); }));
  return { code, lines };
};

const textOf = async (files: FileStore, key: string): Promise<string> => (await buffer((await files.get(key))?.content ?? Readable.from([]))).toString();

t.test('copy takes all files there and back, with what they say of themselves, and says how far it is', async (t) => {
  const world = await worldOf(t);
  await fill(world.folder, 150);
  t.match(await run(['copy', '--to', 's3'], world), {
    code: 0,
    lines: [/^100 of 150 files, \d+ bytes: 100 copied, 0 stood there already$/, /^150 of 150 files, 1540 bytes: 150 copied, 0 stood there already; the SHA-256 of each is the same in both places$/],
  });
  t.match(await world.bucket.stat('avatars/007.png'), { contentType: 'image/png; metadata=none', disposition: 'inline; filename="7.png"', size: 9 });
  await world.folder.delete('avatars/007.png');
  const back = await run(['copy', '--to', 'folder'], world);
  t.match(back, { code: 0, lines: [/^100 of 150/, /: 1 copied, 149 stood there already;/] });
  t.equal(await textOf(world.folder, 'avatars/007.png'), 'picture 7');
});

t.test('an interrupted copy goes on with the same command; files that changed are copied anew', async (t) => {
  const world = await worldOf(t);
  await fill(world.folder, 300);
  const interrupted = new AbortController();
  const first = await run(['copy', '--to', 's3'], world, interrupted.signal, (line) => line.startsWith('100 of') && interrupted.abort());
  t.equal(first.code, 130);
  t.match(first.lines.at(-1), /^interrupted after 10\d of 300 files.*: the same command goes on there$/);
  await world.bucket.put('avatars/000.png', Buffer.from('PICTURE 0'), { contentType: 'image/png; metadata=none', disposition: 'inline; filename="0.png"' });
  await world.bucket.put('avatars/deleted.png', Buffer.from('x'), { contentType: 'image/png' });
  const second = await run(['copy', '--to', 's3'], world);
  t.equal(second.code, 0);
  t.match(second.lines.slice(-2), [/^300 of 300 files/, /^1 files are in the target alone, such as avatars\/deleted\.png/]);
  const [, copied, standing] = /: (\d+) copied, (\d+) stood/.exec(second.lines.at(-2) ?? '') ?? [];
  t.equal(Number(copied) + Number(standing), 300);
  t.ok(Number(standing) >= 99 && Number(standing) < 104, 'what the first one copied is left alone');
  t.equal(await textOf(world.bucket, 'avatars/000.png'), 'picture 0', 'of the same size and type, and not the same');
});

t.test('storage that keeps other bytes than it was given is found out', async (t) => {
  const world = await worldOf(t);
  await fill(world.folder, 3);
  const forgetful: FileStore = Object.assign(Object.create(world.bucket) as FileStore, {
    put: async (key: string, content: Readable, options: Parameters<FileStore['put']>[2]) => world.bucket.put(key, Buffer.concat([await buffer(content), Buffer.from('!')]), options),
    get: (key: string) => world.bucket.get(key),
    stat: (key: string) => world.bucket.stat(key),
    list: () => world.bucket.list(),
  });
  await t.rejects(run(['copy', '--to', 's3'], { ...world, bucket: forgetful }), { name: 'CopyDiffers' });
});

t.test('without a bucket nothing can be copied', async (t) => {
  t.match(await run(['copy', '--to', 's3'], { ...(await worldOf(t)), bucket: null }), { code: 1, lines: [/^S3_BUCKET is not set/] });
});

const append = (store: MemoryEventStore<DomainEvent>, stream: string, event: DomainEvent) => store.append(stream, 'any', [{ ...event, id: randomUUID(), metadata }]);

t.test('orphans are the files that no event names; they are removed on demand, when they are a day old', async (t) => {
  const { root, ...world } = await worldOf(t);
  const keys = ['avatars/kept.png', 'avatars/lost.png', 'avatars/young.png', 'avatars/replaced.png', 'invoices/i1/print.pdf', 'invoices/i2/print.pdf', 'thumbnails/by-url.png'];
  for (const key of keys) await world.folder.put(key, Buffer.from('x'), { contentType: 'image/png' });
  const now = world.clock.now().getTime();
  for (const key of keys) {
    const modified = (now - (key.includes('young') ? DAY_MS - 1_000 : DAY_MS + 1_000)) / 1_000;
    await utimes(join(root, 'data/files/entries', encodeURIComponent(key)), modified, modified);
  }
  await append(world.store, 'account-a', { type: 'AccountAvatarChanged', data: { accountId: 'a', avatarFile: 'avatars/kept.png', replacedFile: 'avatars/replaced.png', imageUrl: 'http://localhost/files/thumbnails/by-url.png', changedAt: at } });
  await append(world.store, 'invoice-i1', { type: 'InvoiceVoided', data: { invoiceId: 'i1', reason: 'a mistake', voidedAt: at } });
  const needed = { ...world, bucket: null };
  const listed = await run(['orphans'], needed);
  t.match(listed, { code: 0, lines: [/^avatars\/lost\.png {2}1 bytes, of .+Z$/, /^avatars\/young\.png .+, younger than 24 h$/, /^invoices\/i2\/print\.pdf /, '3 files that no event names'] });
  t.match(await run(['orphans', '--remove'], needed), { code: 0, lines: [/^avatars\/lost.+, removed$/, /^avatars\/young.+, younger than 24 h$/, /^invoices\/i2.+, removed$/, '3 files that no event names, 2 removed'] });
  t.match(await run(['orphans'], needed), { lines: [/^avatars\/young/, '1 files that no event names'] });
  for (const key of ['avatars/kept.png', 'avatars/replaced.png', 'invoices/i1/print.pdf', 'thumbnails/by-url.png']) t.ok(await world.folder.stat(key), key);
  await t.rejects(run(['orphans', '--remove'], needed, AbortSignal.abort()), { name: 'AbortError' });
});

t.test('orphans are looked for in every folder that the program writes to, and in no other', async (t) => {
  const sources = (await readdir(join(projectRoot, 'src/http'), { recursive: true })).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(sources.map((name) => readFile(join(projectRoot, 'src/http', name), 'utf8')));
  const written = texts.flatMap((text) => [...text.matchAll(/folder: '([a-z-]+)'|`([a-z-]+)\/\$\{[^}]+\}\/\$\{digest/g)].map(([, folder, printed]) => folder ?? printed));
  t.same([...new Set(written)].sort(), searchedFolders);
  const world = await worldOf(t);
  for (const key of ['avatars/a.png', 'of-others/a.png', 'a.png']) await world.folder.put(key, Buffer.from('x'), { contentType: 'image/png' });
  t.match(await run(['orphans'], { ...world, bucket: null }), { lines: [/^avatars\/a\.png/, '1 files that no event names'] });
});

t.test('a backup names the files of a bucket, or has them; a restore compares them, or puts them back', async (t) => {
  const { root, bucket: files, clock } = await worldOf(t);
  const log = await openStore(join(root, 'data/log'));
  await log.append('cart-a', 'no_stream', [addedToCart('a')]);
  await log.close();
  await fill(files, 3);
  const place = { endpoint: 'https://s3.example', bucket: 'school', prefix: 'files/' };
  const needed = (folder: string, bucket: Needs['data folder']['bucket'] = { place, files }): Needs['data folder'] => ({ dataDirectory: join(root, folder), bucket, clock });
  const ran = async (command: typeof backupCommand, args: readonly string[], on: Needs['data folder']) => {
    const lines: string[] = [];
    const code = await runOn(command, args, on, terminalOf(new AbortController().signal, (line) => void lines.push(line)));
    return { code, output: lines.join('\n') };
  };
  const [named, whole] = [join(root, 'named'), join(root, 'whole')];
  t.match(await ran(backupCommand, [named], needed('data')), { code: 0, output: /3 files \(27 bytes\) in the bucket school are named in it, and are not in it/ });
  const manifest = JSON.parse(await readFile(join(named, 'manifest.json'), 'utf8')) as Record<string, unknown>;
  t.match(manifest, { version: 2, bucket: { ...place, files: 3, bytes: 27, included: false } });
  t.same(await readdir(named), ['bucket-files.ndjson', 'log', 'manifest.json']);
  t.match(await ran(backupCommand, [whole, '--files'], needed('data')), { code: 0, output: /8 files/ });

  t.match(await ran(restoreCommand, [named], needed('one')), { code: 0, output: /3 files .+ are not in the backup(.|\n)+all of them are in the bucket school/ });
  t.match(await ran(restoreCommand, [named], needed('two', null)), { code: 1, output: /S3_BUCKET is not set/ });
  await files.delete('avatars/001.png');
  t.match(await ran(restoreCommand, [named], needed('three')), { code: 1, output: /1 of them are not in the bucket school, such as avatars\/001\.png/ });

  const other = await DiskFileStore.open(join(root, 'other-bucket'));
  t.match(await ran(restoreCommand, [whole], needed('four', { place, files: other })), { code: 0, output: /copying the files to the bucket school\n3 of 3 files/ });
  t.equal(await textOf(other, 'avatars/001.png'), 'picture 1');
  t.match(await ran(restoreCommand, [whole], needed('five', null)), { code: 0 });
  t.equal(await textOf(await DiskFileStore.open(join(root, 'five/files')), 'avatars/002.png'), 'picture 2');
  await writeFile(join(named, 'bucket-files.ndjson'), '{}\n');
  await t.rejects(ran(restoreCommand, [named], needed('six')), { name: 'BackupUnusable' });
});
