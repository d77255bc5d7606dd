import type { ServerEvent } from './event-stream.js';

/** What the feed told, as a line for people. */
export interface ShownFact {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly about: string;
  readonly amounts: string;
  readonly paymentId: string | null;
}

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;
const textOf = (row: Row, name: string): string => {
  const value = row[name];
  return typeof value === 'string' ? value : '';
};

const rowsOf = (data: string): readonly Row[] => {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return [];
  }
  const rows = isRow(value) ? value['rows'] : undefined;
  return Array.isArray(rows) ? rows.filter(isRow) : [];
};

const amountOf = (row: Row): string => [textOf(row, 'amount'), textOf(row, 'currency')].filter((part) => part !== '').join(' ');

/** Null: there is nothing in it that this page knows. Amounts are listed, never added up. */
export const factOf = ({ id, kind, data }: ServerEvent): ShownFact | null => {
  const rows = rowsOf(data);
  const [first] = rows;
  if (first === undefined) return null;
  const ids = rows.map((row) => textOf(row, 'courseId') || textOf(row, 'code')).filter((name) => name !== '');
  const amounts = rows.map(amountOf).filter((amount) => amount !== '');
  const paymentId = textOf(first, 'paymentId');
  return { id, kind, at: textOf(first, 'at'), about: [...new Set(ids)].join(', '), amounts: amounts.join(', '), paymentId: paymentId === '' ? null : paymentId };
};
