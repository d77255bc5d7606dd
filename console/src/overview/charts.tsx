import { DataTable } from '../pieces/data-table.js';
import { TakeAlong } from '../pieces/take-along.js';
import { LineChart, type ChartLine } from './line-chart.js';
import type { Series } from './figures.js';

const currenciesOf = ({ points }: Series): readonly string[] => [...new Set(points.flatMap(({ money }) => money.map(({ currency }) => currency)))].sort();

const netOf = ({ money }: Series['points'][number], currency: string): string => money.find((amounts) => amounts.currency === currency)?.net ?? '0';

/** Only the picture needs numbers: the table beside it shows the decimals as they were answered. */
const netLine = ({ points }: Series, currency: string): ChartLine => ({ title: `Net ${currency}`, values: points.map((point) => Number(netOf(point, currency))) });

const countLine = ({ points }: Series, title: string, name: 'captured' | 'enrolled'): ChartLine => ({ title, values: points.map(({ counts }) => counts[name] ?? 0) });

/** The course of the period, one chart for each currency; and the same as a table. */
export const Charts = ({ series }: { readonly series: Series }) => {
  const currencies = currenciesOf(series);
  const starts = series.points.map(({ start }) => start);
  const rows = series.points.map((point) => [point.start, ...currencies.map((currency) => netOf(point, currency)), String(point.counts.captured ?? 0), String(point.counts.enrolled ?? 0)]);
  const titles = ['Start', ...currencies.map((currency) => `Net ${currency}`), 'Purchases', 'Enrollments'];
  return (
    <section aria-label="Course of the period">
      <h2>By {series.unit}</h2>
      <div class="charts">
        {currencies.map((currency) => (
          <LineChart key={currency} starts={starts} zone={series.zone} lines={[netLine(series, currency)]} />
        ))}
        <LineChart starts={starts} zone={series.zone} lines={[countLine(series, 'Purchases', 'captured'), countLine(series, 'Enrollments', 'enrolled')]} />
      </div>
      <details>
        <summary>The same as a table</summary>
        <DataTable
          caption={`By ${series.unit}, ${series.zone}`}
          rows={rows}
          keyOf={([start = '']) => start}
          columns={titles.map((title, index) => ({ title, cell: (row: readonly string[]) => row[index] ?? '', isNumber: index > 0 }))}
        />
      </details>
      <TakeAlong name="figures" rows={() => [titles, ...rows]} />
    </section>
  );
};
