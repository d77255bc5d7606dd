import { addMoney } from '../../domain/kernel/money.js';
import { AMOUNTS, COUNTS, type Amounts, type Cell, type CountName, type FigureDay } from './document.js';
import { dayId, dayOf, quarterOf, type Place } from './places.js';

type Counts = Readonly<Partial<Record<CountName, number>>>;

/** What an event adds to a quarter. Amounts may be negative. */
export interface Change {
  readonly counts?: Counts;
  readonly money?: Readonly<{ currency: string; amounts: Amounts }>;
  /** The bin of a score. */
  readonly score?: string;
}

const plusCounts = (known: Counts, more: Counts): Counts => {
  const counts: Partial<Record<CountName, number>> = { ...known };
  for (const name of COUNTS) {
    const added = more[name];
    if (added !== undefined) counts[name] = (counts[name] ?? 0) + added;
  }
  return counts;
};

const plusAmounts = (known: Amounts, more: Amounts): Amounts => {
  const amounts: Partial<Record<keyof Amounts, string>> = { ...known };
  for (const name of AMOUNTS) {
    const added = more[name];
    if (added !== undefined) amounts[name] = addMoney(amounts[name] ?? '0', added);
  }
  return amounts;
};

const plus = (known: Cell, { counts, money, score }: Change): Cell => ({
  ...known,
  ...(counts === undefined ? {} : { counts: plusCounts(known.counts ?? {}, counts) }),
  ...(money === undefined ? {} : { money: { ...known.money, [money.currency]: plusAmounts(known.money?.[money.currency] ?? {}, money.amounts) } }),
  ...(score === undefined ? {} : { scores: { ...known.scores, [score]: (known.scores?.[score] ?? 0) + 1 } }),
});

/** The day of a place with what happened at a time of it. */
export const withChange = (known: FigureDay | undefined, { dimension, key, instructorId, organizationId }: Place, at: string, change: Change): FigureDay => {
  const day = dayOf(at);
  const quarter = quarterOf(at);
  const cells = known?.cells ?? {};
  return {
    id: dayId({ dimension, key }, day),
    dimension,
    key,
    day,
    instructorId,
    organizationId,
    cells: { ...cells, [quarter]: plus(cells[quarter] ?? {}, change) },
  };
};
