import { addMoney, subtractMoney, toMinorPrecision } from '../../domain/kernel/money.js';
import { AMOUNTS, COUNTS, type AmountName, type Amounts, type Cell, type CountName, type FigureDay } from './document.js';

export interface Sums {
  readonly counts: Partial<Record<CountName, number>>;
  readonly money: Record<string, Partial<Record<AmountName, string>>>;
  readonly scores: Record<string, number>;
}

export const noSums = (): Sums => ({ counts: {}, money: {}, scores: {} });

const addAmounts = (known: Partial<Record<AmountName, string>>, more: Amounts): void => {
  for (const name of AMOUNTS) {
    const added = more[name];
    if (added !== undefined) known[name] = known[name] === undefined ? added : addMoney(known[name], added);
  }
};

/** Adds a cell, or sums, to sums. */
export const addTo = ({ counts, money, scores }: Sums, cell: Cell): void => {
  for (const name of COUNTS) {
    const added = cell.counts?.[name];
    if (added !== undefined) counts[name] = (counts[name] ?? 0) + added;
  }
  for (const [currency, amounts] of Object.entries(cell.money ?? {})) addAmounts((money[currency] ??= {}), amounts);
  for (const [bin, added] of Object.entries(cell.scores ?? {})) scores[bin] = (scores[bin] ?? 0) + added;
};

const FIRST = '00:00';
const END = '24:00';
/** Of one day: a client that asks for odd stretches is not remembered without end. */
const MOST_PARTS = 32;

/** Parts of days that were added up: read models give the same document until it changes, and never change it in place. */
const parts = new WeakMap<FigureDay, Map<string, Sums>>();

/** The sums of the quarters from one time of a day (UTC) to another, exclusive. */
export const sumOfPart = (day: FigureDay, from = FIRST, to = END): Sums => {
  const known = parts.get(day) ?? new Map<string, Sums>();
  parts.set(day, known);
  const name = `${from}-${to}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const sums = noSums();
  for (const [quarter, cell] of Object.entries(day.cells)) if (quarter >= from && quarter < to) addTo(sums, cell);
  if (known.size < MOST_PARTS) known.set(name, sums);
  return sums;
};

/** Amounts of a currency as answers show them, each with all places. */
export type ShownMoney = Readonly<Record<AmountName | 'currency' | 'net' | 'netWithoutCoupon', string>>;

/** By currency, in the order of their codes. */
export const shownMoney = ({ money }: Pick<Sums, 'money'>): readonly ShownMoney[] =>
  Object.entries(money)
    .toSorted(([one], [another]) => (one < another ? -1 : 1))
    .map(([currency, amounts]) => {
      const of = (name: AmountName): string => toMinorPrecision(amounts[name] ?? '0', currency);
      const net = subtractMoney(subtractMoney(of('gross'), of('discounts')), of('refunds'));
      const netWithCoupon = of('netWithCoupon');
      return {
        currency,
        gross: of('gross'),
        discounts: of('discounts'),
        refunds: of('refunds'),
        net,
        netWithCoupon,
        netWithoutCoupon: subtractMoney(net, netWithCoupon),
        accessGiven: of('accessGiven'),
      };
    });
