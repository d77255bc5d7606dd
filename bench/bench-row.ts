export interface BenchRow {
  readonly name: string;
  readonly measured: number;
  readonly baseline: number;
  readonly unit: string;
  /** measured / baseline */
  readonly ratio: number;
  /** The ratio is to be at least this (at most, where `atMost`); null: for information. */
  readonly target: number | null;
  readonly atMost?: boolean;
}

const amount = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });

export const isMet = ({ ratio, target, atMost }: BenchRow): boolean =>
  target === null || (atMost === true ? ratio <= target : ratio >= target);

export const shown = (row: BenchRow): string => {
  const { name, measured, baseline, unit, ratio, target, atMost } = row;
  const goal = target === null ? '' : ` (${atMost === true ? 'at most' : 'at least'} ${target}: ${isMet(row) ? 'met' : 'MISSED'})`;
  return `${name}\n   ${amount(measured)} ${unit}, baseline ${amount(baseline)} ${unit}, ratio ${ratio.toFixed(2)}${goal}`;
};
