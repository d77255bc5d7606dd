import { stringify } from 'csv-stringify/sync';

export type CsvCell = string | number | boolean | null;

const BEGINS_LIKE_A_FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^-[0-9]+(?:\.[0-9]+)?$/;

/** A text that a spreadsheet would take for a formula begins with an apostrophe; a number below zero is no formula, and stays one. */
export const spreadsheetText = (text: string): string => (BEGINS_LIKE_A_FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);

/** Rows as lines of CSV (RFC 4180), each ended by CR LF, that spreadsheets open without running anything. */
export const csvText = (rows: readonly (readonly CsvCell[])[]): string =>
  stringify(rows.map((row) => [...row]), { record_delimiter: '\r\n', cast: { string: spreadsheetText, boolean: String } });
