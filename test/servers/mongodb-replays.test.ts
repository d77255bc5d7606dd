import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { MongodServer } from './mongod-server.js';

// The tests of the surfaces once more: apps replay their logs into databases of their own when they close, until each type of event was
// replayed twice, and compare every document with those that they served from LMDB (test/fixtures/replayed.ts).

const program = join(import.meta.dirname, '../files-of-one-process.js');
const tests = join(import.meta.dirname, '..');
const filesOf = (surface: string): readonly string[] =>
  readdirSync(join(tests, 'http', surface), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => join('http', surface, name))
    .sort();

for (const surface of ['marketplace', 'users', 'edupro', 'academy']) {
  t.test(`issues 10 to 12: replaying what the tests of ${surface} have written gives the same documents on MongoDB`, async (t) => {
    const server = await MongodServer.start({ replicaSet: true, closesIdleFiles: true });
    t.teardown(() => server.stop());
    const [first = '', ...others] = filesOf(surface);
    t.not(first, '', 'there are tests');
    const env = { ...process.env, TAP_TIMEOUT: '600', REPLAY_MONGODB_URL: server.url('DATABASE'), NODE_OPTIONS: '', ...(others.length === 0 ? {} : { MORE_FILES: others.join(',') }) };
    await t.resolves(promisify(execFile)(process.execPath, ['--enable-source-maps', program, first], { env, maxBuffer: 64_000_000, timeout: 10 * 60_000 }));
  });
}
