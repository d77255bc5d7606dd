import type { FastifyReply } from 'fastify';
import { csvText } from '../../primitives/csv.js';
import type { ShownMoney } from '../../projections/analytics/queries.js';

export type CsvRow = Readonly<Record<string, string | number>>;

/** Columns stand in the order in which rows first name them; what a row does not name is 0. */
const csvOf = (rows: readonly CsvRow[], fixed: readonly string[]): string => {
  const columns = [...new Set([...fixed, ...rows.flatMap((row) => Object.keys(row))])];
  const cells = rows.map((row) => columns.map((name) => row[name] ?? 0));
  return csvText([columns, ...cells]);
};

interface Figures {
  readonly counts: Readonly<Partial<Record<string, number>>>;
  readonly money: readonly ShownMoney[];
}

/** One row: each currency has columns of its own, such as `net USD`, so that no sum of a column adds two. */
export const rowOf = (begin: CsvRow, { counts, money }: Figures): CsvRow => ({
  ...begin,
  ...Object.fromEntries(Object.entries(counts).flatMap(([name, count]) => (count === undefined ? [] : [[name, count]]))),
  ...Object.fromEntries(money.flatMap(({ currency, ...amounts }) => Object.entries(amounts).map(([name, amount]) => [`${name} ${currency}`, amount]))),
});

export const sendCsv = (reply: FastifyReply, name: string, rows: readonly CsvRow[], fixed: readonly string[]): FastifyReply =>
  reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}.csv"`).send(csvOf(rows, fixed));
