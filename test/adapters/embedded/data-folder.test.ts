import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import t from 'tap';
import { DataFolderInUse, openDataFolder } from '../../../src/adapters/embedded/data-folder.js';

const holder = (folder: string): unknown => JSON.parse(readFileSync(`${folder}/server.lock`, 'utf8'));

void t.test('it makes the folder and says where things go', async (t) => {
  const root = `${t.testdir()}/deep/data`;
  const folder = openDataFolder(root);
  t.strictSame(
    [folder.log, folder.readModels, folder.outbox, folder.files],
    ['log', 'read-models', 'outbox', 'files'].map((name) => `${root}/${name}`),
  );
  t.match(holder(root), { pid: process.pid });
  t.equal(statSync(root).mode & 0o777, 0o700, 'for nobody else');
  folder.close();
  t.notOk(existsSync(`${root}/server.lock`));
});

void t.test('a second server on the folder is refused and told who has it', async (t) => {
  const root = t.testdir();
  const folder = openDataFolder(root);
  t.throws(() => openDataFolder(root), new DataFolderInUse(root, process.pid));
  folder.close();
  openDataFolder(root).close();
});

void t.test('a folder that another living process has is refused', async (t) => {
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(other, 'spawn');
  const root = t.testdir({ 'server.lock': JSON.stringify({ pid: other.pid, started: null }) });
  t.throws(() => openDataFolder(root), { message: new RegExp(`process ${other.pid}\\).*DATA_DIR`) });
  other.stdin?.end();
  await once(other, 'exit');
  openDataFolder(root).close();
});

void t.test('a lock that a dead process left is taken over', async (t) => {
  const gone = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(gone, 'exit');
  const root = t.testdir({ 'server.lock': JSON.stringify({ pid: gone.pid, started: null }) });
  const folder = openDataFolder(root);
  t.match(holder(root), { pid: process.pid });
  folder.close();
});

void t.test('a restarted container takes its own number for stale, and another process with an old number too', async (t) => {
  const own = t.testdir({ 'server.lock': JSON.stringify({ pid: process.pid, started: 'before' }) });
  openDataFolder(own).close();
  if (existsSync('/proc/1/stat')) {
    writeFileSync(`${own}/server.lock`, JSON.stringify({ pid: process.ppid, started: 'another boot/1' }));
    openDataFolder(own).close();
  }
  t.notOk(existsSync(`${own}/server.lock`));
});

void t.test('a torn lock file is no lock', async (t) => {
  const root = t.testdir({ 'server.lock': '{"pi' });
  openDataFolder(root).close();
  t.notOk(existsSync(`${root}/server.lock`));
});
