import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { collect, labelOf } from '../../contracts/event-store-samples.js';
import { openStore } from './open-log.js';

const RUNS = 2;
const ACKNOWLEDGED = 200;
const EVENTS_PER_APPEND = 3;
const child = fileURLToPath(new URL('appending-child.js', import.meta.url));

/** Runs the appending child and kills it in the midst of its work; the last acknowledged revision of each stream. */
const appendUntilKilled = async (folder: string, run: number): Promise<Map<string, number>> => {
  const appending = spawn(process.execPath, [child, folder, String(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(appending, 'exit');
  let lines = '';
  for await (const chunk of appending.stdout) {
    lines += String(chunk);
    if (lines.split('\n').length > ACKNOWLEDGED) appending.kill('SIGKILL');
  }
  await exited;
  const whole = lines.slice(0, lines.lastIndexOf('\n')).split('\n');
  return new Map(whole.map((line): [string, number] => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]));
};

const assertKept = async (t: Test, folder: string, acknowledged: ReadonlyMap<string, number>): Promise<void> => {
  const store = await openStore(folder);
  const all = await collect(store.readAll());
  t.strictSame(all.map(({ position }) => position), all.map((_, index) => BigInt(index + 1)));
  for (const [stream, revision] of acknowledged) {
    const events = await collect(store.readStream(stream));
    t.strictSame(events.map(labelOf), events.map((_, index) => String(index)));
    t.ok(events.length > revision);
    t.equal(events.length % EVENTS_PER_APPEND, 0);
    t.strictSame(all.filter((event) => event.stream === stream), events);
  }
  t.strictSame(await collect(store.readAll({ categories: ['crash'] })), all);
  await store.close();
};

void t.test('every append that was acknowledged before kill -9 is there, whole and in order', async (t) => {
  const folder = t.testdir();
  const acknowledged = new Map<string, number>();
  for (let run = 0; run < RUNS; run += 1) {
    for (const [stream, revision] of await appendUntilKilled(folder, run)) acknowledged.set(stream, revision);
    await assertKept(t, folder, acknowledged);
  }
});

void t.test('a full disk refuses appends, and loses none that was acknowledged', async (t) => {
  const folder = t.testdir();
  // bash counts in kilobytes; beyond, a write fails as it does on a full disk.
  const appending = spawn('bash', ['-c', 'ulimit -f 3000; exec "$0" "$@"', process.execPath, child, folder, 'full'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(appending, 'exit');
  let lines = '';
  for await (const chunk of appending.stdout) lines += String(chunk);
  const [code, signal]: unknown[] = await exited;
  // Now and then lmdb's own code aborts after a write that failed; what then counts is the same.
  if (signal !== 'SIGABRT') {
    t.equal(code, 0);
    const failures = lines.split('\n').filter((line) => line.startsWith('failed'));
    t.equal(failures.length, 8);
    for (const failure of failures) t.match(failure, /EventStoreUnavailable: writing to the event log failed \(.+\); restart the server/);
  }
  const acknowledged = lines.split('\n').filter((line) => line.startsWith('crash-'));
  t.ok(acknowledged.length > 100);
  const whole = lines.endsWith('\n') ? acknowledged : acknowledged.slice(0, -1);
  await assertKept(t, folder, new Map(whole.map((line): [string, number] => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])])));
});
