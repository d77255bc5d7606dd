import { parse } from 'csv-parse/sync';
import { Problem } from '../../shared/problem.js';

const COLUMNS = ['name', 'nim', 'email'] as const;
type Column = (typeof COLUMNS)[number];
export const MOST_ROWS = 20_000;

/** A row that has all three columns; the others tell why they have not. */
export type ListedRow = Readonly<{ line: number; cells: Readonly<Record<Column, string>> }>;

export interface StudentList {
  readonly rows: readonly ListedRow[];
  /** Lines of rows that lack one of the columns. */
  readonly incomplete: readonly Readonly<{ line: number; missing: Column }>[];
}

export const noList = (): Problem => new Problem(400, 'list-unreadable', 'No file uploaded or invalid file format');

interface Parsed {
  readonly record: readonly string[];
  /** As it stands in the file, empty lines before it included. */
  readonly raw: string;
}

const isParsed = (value: unknown): value is Parsed => typeof value === 'object' && value !== null && 'record' in value && 'raw' in value;

const breaksIn = (text: string): number => text.split('\n').length - 1;

/** A quoted text may have line breaks: a row is told by the line where it begins. */
const linesOf = (rows: readonly Parsed[]): readonly number[] => {
  let before = 1;
  return rows.map(({ raw }) => {
    const line = before + breaksIn(raw.slice(0, raw.length - raw.trimStart().length));
    before += breaksIn(raw);
    return line;
  });
};

const parsed = (file: string): readonly Parsed[] => {
  const text = file.replaceAll(/\r\n?/g, '\n');
  const [header = ''] = text.split('\n', 1);
  const delimiter = header.includes(';') && !header.includes(',') ? ';' : ',';
  try {
    const found: unknown[] = parse(text, { bom: true, delimiter, raw: true, trim: true, relax_column_count: true, skip_empty_lines: true });
    return found.filter(isParsed);
  } catch {
    throw noList();
  }
};

/** The rows of a CSV file with the header name,nim,email, in any order, beside other columns. Commas or semicolons. */
export const studentList = (text: string): StudentList => {
  const all = parsed(text);
  const lines = linesOf(all);
  const [header, ...rows] = all;
  const names = header?.record.map((name) => name.trim().toLowerCase()) ?? [];
  const places = new Map(COLUMNS.map((column) => [column, names.indexOf(column)]));
  if ([...places.values()].includes(-1)) throw noList();
  if (rows.length > MOST_ROWS) throw new Problem(400, 'list-too-long', `A file has at most ${MOST_ROWS} rows`);
  const complete: ListedRow[] = [];
  const incomplete: { line: number; missing: Column }[] = [];
  rows.forEach((row, index) => {
    const cell = (column: Column): string => row.record[places.get(column) ?? -1] ?? '';
    const line = lines[index + 1] ?? 0;
    const missing = COLUMNS.find((column) => cell(column) === '');
    if (missing === undefined) complete.push({ line, cells: { name: cell('name'), nim: cell('nim'), email: cell('email') } });
    else incomplete.push({ line, missing });
  });
  return { rows: complete, incomplete };
};
