import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { registrar } from '../../src/cli/registrar.js';
import { loadConfig, type Config } from '../../src/config.js';
import { addedToCart } from '../contracts/event-store-samples.js';
import { openStore } from '../adapters/embedded/open-log.js';
import { compiled } from '../project-root.js';

const noConfig = (): Config => {
  throw new Error('no configuration is needed');
};

const ran = async (args: readonly string[], config = noConfig, signal = new AbortController().signal) => {
  const lines: string[] = [];
  const code = await registrar(args, { config, print: (line) => void lines.push(line), signal });
  return { code, lines, output: lines.join('\n') };
};

const NAMES = ['analytics', 'backup', 'audit', 'restore', 'export', 'import', 'projections', 'deadletters', 'mails', 'reconcile', 'files', 'drill'];

t.test('without a command, or with one that there is not, it lists them all', async (t) => {
  const { code, lines } = await ran([]);
  t.equal(code, 2);
  t.match(lines[0], /^usage: registrar COMMAND/);
  t.same(lines.filter((line) => line.startsWith('  ')).map((line) => line.trim().split(' ')[0]), NAMES);
  for (const unknown of ['purge', 'toString', '--version']) t.match(await ran([unknown]), { code: 2, lines: [`there is no command ${unknown}`, ...lines] });
  for (const help of ['help', '--help', '-h']) t.match(await ran([help]), { code: 0, lines });
});

t.test('each command tells how it is used, and reads no configuration for it', async (t) => {
  for (const name of NAMES) {
    for (const help of ['--help', '-h']) t.match(await ran([name, help]), { code: 0, lines: [String, new RegExp(`^usage: registrar ${name}`)] });
    t.match(await ran([name, '--nonsense']), { code: 2, lines: [/Unknown option '--nonsense'/, new RegExp(`^usage: registrar ${name}`)] });
    if (name !== 'reconcile' && name !== 'drill') t.match(await ran([name]), { code: 2, lines: [new RegExp(`^usage: registrar ${name}`)] });
  }
  t.match(await ran(['reconcile', 'now']), { code: 2, lines: [/Unexpected argument 'now'/, /^usage: registrar reconcile/] });
  const wrong = [['reconcile', '--since', 'yesterday'], ['reconcile', '--since', '2026-02-31T25:00Z'], ['backup', 'a', 'b'], ['drill', 'a', 'b'], ['restore', 'a', 'b'], ['export', 'a', '--after', 'x'], ['export', 'a', 'b'], ['import', 'a', 'b'], ['files', 'copy'], ['files', 'copy', '--to', 'moon'], ['files', 'orphans', '--to', 's3'], ['files', 'copy', '--to', 's3', '--remove']];
  for (const args of wrong) t.match(await ran(args), { code: 2, lines: [/^usage:/] }, args.join(' '));
});

/** A data folder with one event and files in it, and its configuration. */
const dataFolder = async (root: string, files: number): Promise<() => Config> => {
  const store = await openStore(join(root, 'log'));
  await store.append('cart-a', 'no_stream', [addedToCart('a')]);
  await store.close();
  for (const part of ['entries', 'content']) await mkdir(join(root, 'files', part), { recursive: true });
  for (let number = 0; number < files; number += 1) {
    await writeFile(join(root, 'files/content', `c${number}`), 'x');
    await writeFile(join(root, 'files/entries', `e${number}`), JSON.stringify({ content: `c${number}` }));
  }
  return () => loadConfig({ NODE_ENV: 'test', DATA_DIR: root, LOG_LEVEL: 'silent' });
};

t.test('a backup that is interrupted between two files leaves nothing; one that is not says how far it is', async (t) => {
  const root = t.testdir();
  const config = await dataFolder(join(root, 'data'), 101);
  await t.rejects(ran(['backup', join(root, 'backup')], config, AbortSignal.abort()), { name: 'AbortError' });
  t.same(await readdir(root), ['data']);
  const { code, lines } = await ran(['backup', join(root, 'backup')], config);
  t.equal(code, 0);
  t.match(lines, ['copying the log', 'copying the files', '100 of 101 files', 'computing checksums', 'replaying the copy of the log', /^1 events read again/, /1 events up to position 1, 203 files/]);

  const empty = (): Config => loadConfig({ NODE_ENV: 'test', DATA_DIR: join(root, 'other'), LOG_LEVEL: 'silent' });
  await t.rejects(ran(['restore', join(root, 'backup')], empty, AbortSignal.abort()), { name: 'AbortError' });
  t.same((await readdir(join(root, 'other'))).filter((name) => !name.endsWith('.secret')), [], 'nothing was put in place');
  t.match(await ran(['restore', join(root, 'backup')], empty), { code: 0, output: /100 of 203 files\n(.|\n)*restored into/ });
});

t.test('export and import go through the log that the configuration names', async (t) => {
  const root = t.testdir();
  const config = await dataFolder(join(root, 'data'), 0);
  const file = join(root, 'events.ndjson');
  t.match(await ran(['export', file], config), { code: 0, lines: ['1 events exported, up to position 1'] });
  const other = (): Config => loadConfig({ NODE_ENV: 'test', DATA_DIR: join(root, 'other'), LOG_LEVEL: 'silent' });
  t.match(await ran(['import', file], other), { code: 0, output: /1 events imported/ });
  t.match(await ran(['projections', 'status'], other), { code: 0, output: /^head of the log: 1 events\n(.|\n)*carts v\d+: not built yet/ });
  t.match(await ran(['mails', 'list'], other), { code: 0, output: /0 of unknown outcome, 0 given up/ });
});

t.test('as a process it ends with the exit code, and without a stack where something goes wrong or nobody reads on', async (t) => {
  const run = async (args: readonly string[], variables: Readonly<Record<string, string>> = {}, isRead = true) => {
    const child = spawn(process.execPath, [compiled('src/cli/registrar-cli'), ...args], { env: { PATH: process.env.PATH, DATA_DIR: t.testdirName, ...variables } });
    const ended = once(child, 'exit');
    if (!isRead) child.stdout.destroy();
    const [errors, output] = await Promise.all([text(child.stderr), isRead ? text(child.stdout) : '']);
    const [code] = await ended;
    return { code, output, errors };
  };
  t.match(await run([]), { code: 2, output: /^usage: registrar COMMAND/, errors: '' });
  t.match(await run(['export', '/nowhere/events'], { PORT: 'none' }), { code: 1, output: '', errors: /^The configuration is not valid:\n  - PORT/ });
  t.match(await run(['--help'], {}, false), { errors: '' });
});
