import { existsSync } from 'node:fs';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import t from 'tap';
import { auditExportCommand } from '../../../src/cli/audit/export.js';
import { runOn, type Needs } from '../../../src/cli/command.js';
import type { LogSource } from '../../../src/log-copy/export-log.js';
import { madeExport } from '../../audit-verifier/made-history.js';

const { lines, size, store } = await madeExport(5, 1_500);
const whole = lines.map((line) => `${line}\n`).join('');
const nothing = (): Promise<never> => Promise.reject(new Error('not needed'));

const run = async (args: readonly string[], { raw = store, signal = new AbortController().signal }: { readonly raw?: LogSource; readonly signal?: AbortSignal } = {}) => {
  const printed: string[] = [];
  const needed: Needs['audited log'] = { raw, openLog: async () => store, openReadModels: nothing, projections: [], origin: 'localhost/tests' };
  const code = await runOn(auditExportCommand, args, needed, { print: (line) => void printed.push(line), signal, operator: 'tests' });
  return { code, text: printed.join('\n') };
};

/** The log, of which the reader hangs up after some events. */
const interruptedAfter = (events: number): { readonly raw: LogSource; readonly signal: AbortSignal } => {
  const controller = new AbortController();
  const readAll: LogSource['readAll'] = async function* (options) {
    let read = 0;
    for await (const event of store.readAll(options)) {
      if (read === events) controller.abort();
      read += 1;
      yield event;
    }
  };
  return { raw: { readAll, readStream: (...args) => store.readStream(...args), head: () => store.head() }, signal: controller.signal };
};

/** One of the same name that began with another event. */
const anotherLog: LogSource = {
  readAll: async function* (options) {
    for await (const event of store.readAll(options)) yield event.revision === 0 ? { ...event, id: `another-${event.id}` } : event;
  },
  readStream: (...args) => store.readStream(...args),
  head: () => store.head(),
};

t.test('all events are written as they are over HTTP', async (t) => {
  const path = join(t.testdir(), 'export.ndjson');
  t.match(await run([path]), { code: 0, text: new RegExp(`the ${size} events of the newest checkpoint, signed`) });
  t.equal(await readFile(path, 'utf8'), whole);
  t.notOk(existsSync(`${path}.part`) || existsSync(`${path}.place`), 'nothing else is left');
});

t.test('an export that was interrupted is gone on with, as often as it takes', async (t) => {
  const folder = t.testdir();
  for (const format of ['ndjson', 'csv']) {
    const path = join(folder, `export.${format}`);
    t.match(await run([path, '--format', format], interruptedAfter(300)), { code: 130, text: /interrupted after \d+ of \d+ events: the same command goes on/ });
    t.notOk(existsSync(path), 'no file has the name before it is whole');
    t.match(await run([path, '--format', format], interruptedAfter(400)), { code: 130, text: /^goes on after [1-9]\d* events/ });
    t.match(await run([path, '--format', format]), { code: 0, text: /^goes on after [1-9]\d* events/ });
  }
  t.equal(await readFile(join(folder, 'export.ndjson'), 'utf8'), whole);
  const rows = parse(await readFile(join(folder, 'export.csv'), 'utf8'), { columns: true }) as { readonly index: string }[];
  t.same(rows.map(({ index }) => Number(index)), Array.from({ length: size }, (_, index) => index));
});

t.test('an export begins anew where nothing can be gone on with', async (t) => {
  const path = join(t.testdir(), 'export.ndjson');
  const interrupted = async () => t.match(await run([path, '--format', 'csv'], interruptedAfter(600)), { code: 130 });
  await interrupted();
  const other = await run([path]);
  t.match(other, { code: 0 });
  t.notMatch(other.text, /goes on/, 'another export was begun there');
  t.equal(await readFile(path, 'utf8'), whole);

  await interrupted();
  const another = await run([path, '--format', 'csv'], { raw: anotherLog });
  t.match(another, { code: 0 });
  t.notMatch(another.text, /goes on/, 'another log has the same name');

  await interrupted();
  await truncate(`${path}.part`, 10);
  t.notMatch((await run([path, '--format', 'csv'])).text, /goes on/, 'the file has less than what was noted');
  await interrupted();
  await writeFile(`${path}.place`, '{"what":');
  t.notMatch((await run([path, '--format', 'csv'])).text, /goes on/, 'what was noted is torn');
});

t.test('what makes no sense is said, and nothing is opened', async (t) => {
  const path = join(t.testdir(), 'export.csv');
  for (const [args, text] of [
    [[], /^usage: registrar audit export FILE/],
    [[path, '--format', 'xml'], /--format is one of ndjson, csv/],
    [[path, '--status', 'lost'], /--status is one of /],
    [[path, '--amount-from', 'much'], /--amount-from is an amount/],
    [[path, '--amount-from', '2', '--amount-to', '1'], /--amount-to must not be less than/],
    [[path, '--from', 'yesterday'], /--from must be a date or a time in ISO 8601/],
    [[path, '--colour', 'red'], /Unknown option/],
  ] as const) t.match(await run(args), { code: 2, text });
  t.notOk(existsSync(`${path}.part`));
});
