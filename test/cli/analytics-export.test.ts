import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import t from 'tap';
import { analyticsExportCommand } from '../../src/cli/analytics/export.js';
import type { Needs } from '../../src/cli/command.js';
import { FACT_TABLES } from '../../src/commands/analytics/fact.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { AnyEvent } from '../../src/ports/event-store.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { RandomShop } from '../fixtures/random-shop.js';
import { Recount } from '../fixtures/recount.js';

const store = new MemoryEventStore<DomainEvent>();
const shop = new RandomShop(7);
shop.run(2_500);
for (const [stream, events] of shop.rows) {
  await store.append(stream, 'any', events.map((event) => {
    const id = randomUUID();
    return { ...event, id, metadata: { actorId: null, correlationId: id, causationId: id, commandId: id, occurredAt: '2027-07-01T00:00:00.000Z', schemaVersion: 1 } };
  }));
}
const folder = await mkdtemp(join(tmpdir(), 'registrar-facts-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));

type Row = Readonly<Record<string, unknown>>;
const nothing = (): Promise<never> => Promise.reject(new Error('not needed'));

const run = async (...args: readonly string[]): Promise<{ readonly exitCode: number; readonly lines: readonly string[] }> => {
  const lines: string[] = [];
  const action = analyticsExportCommand.parse(args);
  if (action === undefined) return { exitCode: 2, lines };
  const needed: Needs['audited log'] = { raw: store, openLog: async () => store, openReadModels: nothing, projections: [], origin: 'tests' };
  return { exitCode: await action(needed, { print: (line) => lines.push(line), signal: new AbortController().signal, operator: 'tests' }), lines };
};
const ndjson = async (...path: readonly string[]): Promise<readonly Row[]> =>
  (await readFile(join(folder, ...path), 'utf8')).split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]));

t.test('every table says the same in each format', async (t) => {
  for (const format of ['ndjson', 'csv', 'parquet']) t.equal((await run(join(folder, format), '--format', format)).exitCode, 0);
  for (const [table, columns] of Object.entries(FACT_TABLES)) {
    const rows = await ndjson('ndjson', `${table}-after-0.ndjson`);
    t.ok(rows.length > 20, `${rows.length} ${table}`);
    t.ok(rows.every((row) => Object.keys(row).every((name) => Object.hasOwn(columns, name))), 'no column that is not documented');
    const texts = rows.map((row) => Object.keys(columns).map((name) => String(row[name] ?? '')));
    const csv = parse(await readFile(join(folder, 'csv', `${table}-after-0.csv`), 'utf8'), { columns: true }) as Row[];
    t.same(csv.map((row) => Object.keys(columns).map((name) => row[name])), texts);
    const parquet = (await parquetReadObjects({ file: await asyncBufferFromFile(join(folder, 'parquet', `${table}-after-0.parquet`)) })) as Row[];
    const shown = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value ?? ''));
    t.same(parquet.map((row) => Object.keys(columns).map((name) => shown(row[name]))), texts);
  }
});

t.test('an export goes on after a position without a gap or a double', async (t) => {
  const whole = await ndjson('ndjson', 'payments-after-0.ndjson');
  const middle = String(whole[Math.floor(whole.length / 2)]?.['position']);
  const { lines } = await run(join(folder, 'rest'), '--format', 'ndjson', '--after', middle);
  t.same(await ndjson('rest', `payments-after-${middle}.ndjson`), whole.filter(({ position }) => BigInt(String(position)) > BigInt(middle)));
  const end = /--after (\d+)$/.exec(lines.at(-1) ?? '')?.[1] ?? '';
  t.equal((await run(join(folder, 'later'), '--format', 'ndjson', '--after', end)).exitCode, 0);
  t.same(await ndjson('later', `payments-after-${end}.ndjson`), [], 'nothing came since');
});

t.test('the rows add up to the figures', async (t) => {
  const recount = new Recount(['UTC']);
  for await (const event of store.readAll()) recount.take(JSON.parse(JSON.stringify({ type: event.type, data: event.data })) as AnyEvent);
  const totals = new Map<string, bigint>();
  for (const [name, { money, counts }] of recount.tallies) {
    if (!name.includes(' all/- ')) continue;
    for (const [amount, value] of money) totals.set(amount, (totals.get(amount) ?? 0n) + value);
    for (const [count, value] of counts) totals.set(count, (totals.get(count) ?? 0n) + BigInt(value));
  }
  const sum = (rows: readonly Row[], name: string, currency: string): bigint =>
    rows.filter((row) => row['currency'] === currency).reduce((total, row) => total + BigInt(String(row[name]).replace('.', '')), 0n);
  const [payments, refunds, attempts] = [await ndjson('ndjson', 'payments-after-0.ndjson'), await ndjson('ndjson', 'refunds-after-0.ndjson'), await ndjson('ndjson', 'attempts-after-0.ndjson')];
  for (const currency of ['USD', 'IDR', 'JPY']) {
    t.equal(sum(payments, 'listPrice', currency), totals.get(`gross ${currency}`), `gross ${currency}`);
    t.equal(sum(payments, 'discount', currency), totals.get(`discounts ${currency}`), `discounts ${currency}`);
    t.equal(sum(refunds, 'amount', currency), totals.get(`refunds ${currency}`) ?? 0n, `refunds ${currency}`);
  }
  t.equal(BigInt(attempts.filter(({ kind }) => kind === 'attempt-graded').length), totals.get('attemptsGraded'));
  t.equal(BigInt(attempts.filter(({ isPassed }) => isPassed === true).length), totals.get('attemptsPassed'));
});

t.test('nothing is written over, and half a file has no name', async (t) => {
  const { exitCode, lines } = await run(join(folder, 'ndjson'), '--format', 'ndjson');
  t.equal(exitCode, 1);
  t.match(lines, [/is there already/]);
  t.same((await readdir(join(folder, 'ndjson'))).filter((name) => name.endsWith('.part')), []);
  t.equal((await run(folder, '--format', 'xml')).exitCode, 2);
  t.equal((await run(folder, '--after', 'x')).exitCode, 2);
  t.equal((await run()).exitCode, 2);
});
