import { DataTable } from '../pieces/data-table.js';
import { Empty } from '../pieces/states.js';
import { TakeAlong } from '../pieces/take-along.js';
import type { Money, Series } from './figures.js';

interface Line {
  readonly name: string;
  readonly now: string;
  readonly before: string;
}

const AMOUNTS = { net: 'Net', gross: 'Gross', discounts: 'Discounts', refunds: 'Refunds', netWithCoupon: 'Net with a code' } as const;
const COUNTS = { captured: 'Purchases', refundedInFull: 'Refunded in full', enrolled: 'Enrollments', completions: 'Completions', attemptsPassed: 'Attempts passed' } as const;

const isAmount = (name: string): name is keyof typeof AMOUNTS => name in AMOUNTS;
const isCount = (name: string): name is keyof typeof COUNTS => name in COUNTS;

const amountLines = ({ totals, previous }: Series): readonly Line[] => {
  const before = new Map(previous?.money.map((money) => [money.currency, money]));
  const now = new Map<string, Money>(totals.money.map((money) => [money.currency, money]));
  return [...new Set([...now.keys(), ...before.keys()])].sort().flatMap((currency) =>
    Object.keys(AMOUNTS).filter(isAmount).map((name) => ({ name: `${AMOUNTS[name]} ${currency}`, now: now.get(currency)?.[name] ?? '0', before: before.get(currency)?.[name] ?? '0' })),
  );
};

const countLines = ({ totals, previous }: Series): readonly Line[] =>
  Object.keys(COUNTS).filter(isCount).map((name) => ({ name: COUNTS[name], now: String(totals.counts[name] ?? 0), before: String(previous?.counts[name] ?? 0) }));

/** In whole per cent, and only for eyes: what is counted stands beside it. */
const changeOf = ({ now, before }: Line): string => {
  const [one, other] = [Number(before), Number(now)];
  if (one === other) return '±0 %';
  if (one === 0) return 'new';
  const percent = Math.round(((other - one) / Math.abs(one)) * 100);
  return `${percent > 0 ? '+' : ''}${percent} %`;
};

/** Sums of the period beside those of as many days right before it. Currencies are never added up. */
export const Totals = ({ series }: { readonly series: Series }) => {
  const lines = [...amountLines(series), ...countLines(series)];
  const { from, to, previous, zone } = series;
  const before = previous === undefined ? 'Before' : `${previous.from} to ${previous.to}`;
  const isNothing = lines.every(({ now, before: earlier }) => Number(now) === 0 && Number(earlier) === 0);
  return (
    <section aria-label="Sums">
      <h2>Sums</h2>
      {isNothing ? <Empty>Nothing was sold, bought or learned in this period, nor in the one before.</Empty> : null}
      <DataTable
        caption={`${from} to ${to}, ${zone}`}
        rows={lines}
        keyOf={({ name }) => name}
        columns={[
          { title: 'Figure', cell: ({ name }) => name },
          { title: 'Period', cell: ({ now }) => now, isNumber: true },
          { title: before, cell: (line) => line.before, isNumber: true },
          { title: 'Change', cell: changeOf, isNumber: true },
        ]}
      />
      <TakeAlong name="sums" rows={() => [['figure', 'period', 'before'], ...lines.map(({ name, now, before: earlier }) => [name, now, earlier])]} />
    </section>
  );
};
