import { addMoney } from '../../domain/kernel/money.js';
import type { Amounts, Cell, CountName, FigureDay } from './document.js';
import { dayId, dayOf, quarterOf, type Place } from './places.js';

type Counts = Readonly<Partial<Record<CountName, number>>>;

/** What an event adds to a quarter. Amounts may be negative. */
export interface Change {
  readonly counts?: Counts;
  readonly money?: Readonly<{ currency: string; amounts: Amounts }>;
  /** The bin of a score. */
  readonly score?: string;
}

// What an event adds is one or two of three dozen: only these are looked at.
const plusCounts = (known: Counts, more: Counts): Counts => {
  const counts: Record<string, number | undefined> = { ...known };
  for (const [name, added] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + added;
  return counts;
};

const plusAmounts = (known: Amounts, more: Amounts): Amounts => {
  const amounts: Record<string, string | undefined> = { ...known };
  for (const [name, added] of Object.entries(more)) amounts[name] = addMoney(amounts[name] ?? '0', added);
  return amounts;
};

const plus = (known: Cell, { counts, money, score }: Change): Cell => {
  // Each event comes here once for each of its places: spreading what is absent takes as long as the sums.
  const cell: { -readonly [Name in keyof Cell]: Cell[Name] } = { ...known };
  if (counts !== undefined) cell.counts = plusCounts(known.counts ?? {}, counts);
  if (money !== undefined) cell.money = { ...known.money, [money.currency]: plusAmounts(known.money?.[money.currency] ?? {}, money.amounts) };
  if (score !== undefined) cell.scores = { ...known.scores, [score]: (known.scores?.[score] ?? 0) + 1 };
  return cell;
};

/** The day of a place with what happened at a time of it. */
export const withChange = (known: FigureDay | undefined, { dimension, key, instructorId, organizationId }: Place, at: string, change: Change): FigureDay => {
  const quarter = quarterOf(at);
  if (known !== undefined) return { ...known, instructorId, organizationId, cells: { ...known.cells, [quarter]: plus(known.cells[quarter] ?? {}, change) } };
  const day = dayOf(at);
  return { id: dayId({ dimension, key }, day), dimension, key, day, instructorId, organizationId, cells: { [quarter]: plus({}, change) } };
};
