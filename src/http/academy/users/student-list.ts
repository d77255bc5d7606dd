import { parse } from 'csv-parse/sync';
import { Problem } from '../../shared/problem.js';

const COLUMNS = ['name', 'nim', 'email'] as const;
type Column = (typeof COLUMNS)[number];
export const MOST_ROWS = 20_000;

/** A row that has all three columns. */
export type ListedRow = Readonly<{ line: number; cells: Readonly<Record<Column, string>> }>;

/** A row that is none, by the line where it begins. */
export type BrokenRow = Readonly<{ line: number; message: string }>;

export interface StudentList {
  readonly rows: readonly ListedRow[];
  readonly incomplete: readonly BrokenRow[];
}

export const noList = (): Problem => new Problem(400, 'list-unreadable', 'No file uploaded or invalid file format');

interface Parsed {
  readonly record: readonly string[];
  /** As it stands in the file, empty lines before it included. */
  readonly raw: string;
}

const isParsed = (value: unknown): value is Parsed => typeof value === 'object' && value !== null && 'record' in value && 'raw' in value;

const breaksIn = (text: string): number => text.split('\n').length - 1;

const parseOptions = { bom: true, raw: true, trim: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true } as const;
/** A quote that nothing closes goes on to here. */
const LONGEST_ROW = 10_000;
const MOST_BROKEN = 100;
const BROKEN = 'A quote in this row is not closed, or closed too early';

/** The rows before the first that can not be read, and where they end. */
const readableRows = (text: string, delimiter: string, most = MOST_ROWS + 2): { readonly rows: readonly Parsed[]; readonly isWhole: boolean } => {
  const rows: Parsed[] = [];
  const keep = (row: unknown): null => {
    if (isParsed(row)) rows.push(row);
    return null;
  };
  try {
    parse(text, { ...parseOptions, delimiter, max_record_size: LONGEST_ROW, on_record: keep, to: most });
    return { rows, isWhole: true };
  } catch {
    return { rows, isWhole: false };
  }
};

interface Lines {
  readonly rows: readonly Readonly<{ line: number; record: readonly string[] }>[];
  readonly broken: readonly BrokenRow[];
}

const blankAt = (text: string): number => text.length - text.trimStart().length;

/** A quoted text may have line breaks: a row is told by the line where it begins. A row that can not be read ends with its line. */
const readLines = (file: string, delimiter: string): Lines => {
  const rows: { line: number; record: readonly string[] }[] = [];
  const broken: BrokenRow[] = [];
  let rest = file;
  let before = 1;
  const pass = (text: string): number => {
    const line = before + breaksIn(text.slice(0, blankAt(text)));
    before += breaksIn(text);
    return line;
  };
  for (;;) {
    const found = readableRows(rest, delimiter);
    for (const { record, raw } of found.rows) rows.push({ line: pass(raw), record });
    if (found.isWhole) return { rows, broken };
    rest = rest.slice(found.rows.reduce((length, { raw }) => length + raw.length, 0));
    const end = rest.indexOf('\n', blankAt(rest)) + 1;
    broken.push({ line: pass(end === 0 ? rest : rest.slice(0, end)), message: BROKEN });
    if (broken.length > MOST_BROKEN) throw noList();
    if (end === 0) return { rows, broken };
    rest = rest.slice(end);
  }
};

const columnsOf = (record: readonly string[]): ReadonlyMap<Column, number> => {
  const names = record.map((name) => name.trim().toLowerCase());
  return new Map(COLUMNS.flatMap((column) => (names.includes(column) ? [[column, names.indexOf(column)]] : [])));
};

/** Whichever gives the header its three columns. */
const delimiterOf = (text: string): string => {
  const found = [',', ';'].find((delimiter) => columnsOf(readableRows(text, delimiter, 1).rows[0]?.record ?? []).size === COLUMNS.length);
  if (found === undefined) throw noList();
  return found;
};

/** The rows of a CSV file with the header name,nim,email, in any order, beside other columns. Commas or semicolons. */
export const studentList = (file: string): StudentList => {
  const text = file.replaceAll(/\r\n?/g, '\n');
  const { rows: [header, ...rows], broken } = readLines(text, delimiterOf(text));
  const places = columnsOf(header?.record ?? []);
  if (rows.length > MOST_ROWS) throw new Problem(400, 'list-too-long', `A file has at most ${MOST_ROWS} rows`);
  const complete: ListedRow[] = [];
  const incomplete = [...broken];
  for (const { line, record } of rows) {
    const cell = (column: Column): string => record[places.get(column) ?? -1] ?? '';
    const missing = COLUMNS.find((column) => cell(column) === '');
    if (missing === undefined) complete.push({ line, cells: { name: cell('name'), nim: cell('nim'), email: cell('email') } });
    else incomplete.push({ line, message: `${missing} is missing` });
  }
  return { rows: complete, incomplete };
};
