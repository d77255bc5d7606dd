import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { fileWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { csvText } from '../../primitives/csv.js';
import { FACT_TABLES, type FactRow, type FactTable, type FactType } from '../../commands/analytics/fact.js';

export const FACT_FORMATS = ['parquet', 'csv', 'ndjson'] as const;
export type FactFormat = (typeof FACT_FORMATS)[number];

/** The rows of one table. Nothing of them is kept but what is being written. */
export interface FactFile {
  write(rows: readonly FactRow[]): Promise<void>;
  end(): Promise<void>;
}

const columnsOf = (table: FactTable): readonly (readonly [name: string, type: FactType])[] => Object.entries(FACT_TABLES[table]);

const textFile = (path: string, head: string, linesOf: (rows: readonly FactRow[]) => string): FactFile => {
  const stream = createWriteStream(path);
  const failed = finished(stream);
  // It is told by `end`.
  failed.catch(() => undefined);
  const put = async (text: string): Promise<void> => {
    if (text === '' || stream.write(text)) return;
    await Promise.race([new Promise<void>((resolve) => stream.once('drain', resolve)), failed]);
  };
  const begun = put(head);
  return {
    write: async (rows) => {
      await begun;
      await put(linesOf(rows));
    },
    end: async () => {
      stream.end();
      await failed;
    },
  };
};

const csvFile = (path: string, table: FactTable): FactFile => {
  const names = columnsOf(table).map(([name]) => name);
  return textFile(path, csvText([names]), (rows) => (rows.length === 0 ? '' : csvText(rows.map((row) => names.map((name) => row[name] ?? null)))));
};

const ndjsonFile = (path: string): FactFile => textFile(path, '', (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

/** Decimals are texts: no type that every reader knows has as many places as any currency. */
const PARQUET_TYPES = { text: 'STRING', decimal: 'STRING', time: 'TIMESTAMP', integer: 'INT32', boolean: 'BOOLEAN' } as const satisfies Readonly<Record<FactType, string>>;
const ROWS_PER_GROUP = 10_000;

const parquetFile = (path: string, table: FactTable): FactFile => {
  const dataOf = (rows: readonly FactRow[]) =>
    columnsOf(table).map(([name, type]) => ({
      name,
      type: PARQUET_TYPES[type],
      nullable: true,
      data: rows.map((row) => {
        const value = row[name] ?? null;
        return type === 'time' && typeof value === 'string' ? new Date(value) : value;
      }),
    }));
  const writer = new ParquetWriter({ writer: fileWriter(path), schema: schemaFromColumnData({ columnData: dataOf([]) }) });
  let waiting: FactRow[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await writer.write({ columnData: dataOf(waiting) });
    waiting = [];
  };
  return {
    write: async (rows) => {
      waiting.push(...rows);
      if (waiting.length >= ROWS_PER_GROUP) await flush();
    },
    end: async () => {
      await flush();
      await writer.finish();
    },
  };
};

const openFile = (path: string, table: FactTable, format: FactFormat): FactFile => {
  if (format === 'csv') return csvFile(path, table);
  return format === 'ndjson' ? ndjsonFile(path) : parquetFile(path, table);
};

/** A file that has its name once it is whole. Undefined: there is one of that name. */
export const openFactFile = (path: string, table: FactTable, format: FactFormat): (FactFile & { abandon(): Promise<void> }) | undefined => {
  if (existsSync(path)) return undefined;
  const part = `${path}.part`;
  const file = openFile(part, table, format);
  return {
    write: (rows) => file.write(rows),
    end: async () => {
      await file.end();
      await rename(part, path);
    },
    abandon: async () => {
      await file.end();
      await rm(part, { force: true });
    },
  };
};
