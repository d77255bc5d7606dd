import { addMoney, compareMoney, distribute, subtractMoney, zero } from '../kernel/money.js';
import type { Quote, RefundLine } from './events.js';

/** What is left of each line of a quote, in its order. Negative where refunds that were rounded by themselves took too much. */
export type LinesLeft = readonly string[];

export const notNegative = (amount: string, currency: string): string => (compareMoney(amount, '0') < 0 ? zero(currency) : amount);

/**
 * What each line gives of an amount, at most what is left of it: so the last refund takes from each line exactly what the ones
 * before it left there.
 */
export const takenFrom = (left: LinesLeft, amount: string, currency: string): readonly string[] =>
  distribute(amount, left.map((line) => notNegative(line, currency)), currency);

export const lessLines = (left: LinesLeft, taken: readonly string[]): LinesLeft =>
  left.map((line, index) => subtractMoney(line, taken[index] ?? '0'));

export const moreLines = (left: LinesLeft, given: readonly string[]): LinesLeft =>
  left.map((line, index) => addMoney(line, given[index] ?? '0'));

/** As an event says it; a payment of one course says nothing that the amount does not. */
export const namedLines = ({ lines }: Quote, taken: readonly string[], currency: string): RefundLine[] | undefined =>
  lines.length === 1
    ? undefined
    : lines.map(({ courseId }, index) => ({ courseId, amount: taken[index] ?? zero(currency) }));

/** What was asked for each course. */
export interface QuotedLines {
  readonly lines: readonly Pick<Quote['lines'][number], 'courseId' | 'total'>[];
  readonly currency: string;
}

export const linesNamed = ({ lines, currency }: QuotedLines, named: readonly RefundLine[]): readonly string[] =>
  lines.map(({ courseId }) => named.find((line) => line.courseId === courseId)?.amount ?? zero(currency));

/** Refunds of before lines were recorded were spread over the whole quote, each by itself: their credit notes say so. */
export const spreadAlone = ({ lines, currency }: QuotedLines, amount: string): readonly string[] =>
  distribute(amount, lines.map(({ total }) => total), currency);
