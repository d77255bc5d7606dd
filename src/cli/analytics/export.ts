import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FACT_TABLES, type FactTable } from '../../commands/analytics/fact.js';
import { FactSources } from '../../commands/analytics/fact-sources.js';
import { factsAfter } from '../../commands/analytics/facts.js';
import type { Position } from '../../ports/event-store.js';
import { DONE, FAILED, INTERRUPTED, type Action, type Command } from '../command.js';
import { FACT_FORMATS, openFactFile, type FactFormat } from './fact-files.js';

const EVENTS_AT_ONCE = 500;
const POSITION = /^\d{1,39}$/;

const isTable = (name: string): name is FactTable => Object.hasOwn(FACT_TABLES, name);
const tables = Object.keys(FACT_TABLES).filter(isTable);

type Files = ReadonlyMap<FactTable, NonNullable<ReturnType<typeof openFactFile>>>;

const openFiles = async (folder: string, format: FactFormat, after: Position): Promise<Files | string> => {
  await mkdir(folder, { recursive: true });
  const files = new Map<FactTable, NonNullable<ReturnType<typeof openFactFile>>>();
  for (const table of tables) {
    const path = join(folder, `${table}-after-${after}.${format}`);
    const file = openFactFile(path, table, format);
    if (file === undefined) {
      for (const opened of files.values()) await opened.abandon();
      return path;
    }
    files.set(table, file);
  }
  return files;
};

const exportTo =
  (folder: string, format: FactFormat, from: Position): Action<'audited log'> =>
  async ({ openLog }, { print, signal }) => {
    const store = await openLog();
    const sources = new FactSources(store);
    const files = await openFiles(folder, format, from);
    if (typeof files === 'string') {
      print(`${files} is there already. Nothing was written; name another folder, or a position with --after`);
      return FAILED;
    }
    const counts = new Map<FactTable, number>(tables.map((table) => [table, 0]));
    let after = from;
    try {
      for (let isEnd = false; !isEnd && !signal.aborted; ) {
        const page = await factsAfter(store, sources, after, EVENTS_AT_ONCE);
        for (const { table, rows } of page.facts) {
          await files.get(table)?.write(rows);
          counts.set(table, (counts.get(table) ?? 0) + rows.length);
        }
        ({ position: after, isEnd } = page);
      }
      for (const file of files.values()) await (signal.aborted ? file.abandon() : file.end());
    } catch (error) {
      for (const file of files.values()) await file.abandon().catch(() => undefined);
      throw error;
    }
    if (signal.aborted) {
      print('interrupted: nothing was left; the same command begins again');
      return INTERRUPTED;
    }
    for (const [table, count] of counts) print(`${table}: ${count} rows`);
    print(`up to position ${after}: go on with --after ${after}`);
    return DONE;
  };

const isFormat = (name: string): name is FactFormat => FACT_FORMATS.some((format) => format === name);

/** Writes the tables of docs/analytics.md, one file each, from a position of the log on. */
export const analyticsExportCommand: Command<'audited log'> = {
  summary: 'writes facts as tables: payments, refunds, enrollments, attempts and coupon uses',
  usage: 'analytics export FOLDER [--format parquet|csv|ndjson] [--after POSITION]',
  needs: 'audited log',
  parse: (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: 'string', default: 'parquet' }, after: { type: 'string', default: '0' } },
    });
    const [folder, ...rest] = positionals;
    if (folder === undefined || rest.length > 0 || !isFormat(values.format) || !POSITION.test(values.after)) return undefined;
    return exportTo(folder, values.format, BigInt(values.after));
  },
};
