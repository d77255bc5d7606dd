import { DataTable } from '../pieces/data-table.js';
import { TakeAlong } from '../pieces/take-along.js';
import type { Funnel } from './figures.js';

const STEPS = {
  carts: 'Put into a cart',
  opened: 'Payment opened',
  captured: 'Paid',
  declined: 'Declined',
  cancelled: 'Cancelled',
  expired: 'Expired',
  refunded: 'Refunded in full',
} as const;
const isStep = (name: string): name is keyof typeof STEPS => name in STEPS;

interface Step {
  readonly title: string;
  readonly count: number;
  readonly before: number;
}

/** A bar is drawn by its attributes: the page lets nothing write styles into its HTML. */
const Bar = ({ share }: { readonly share: number }) => (
  <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect width={Math.max(0, Math.min(100, share * 100))} height="8" />
  </svg>
);

/** From the cart to the paid purchase, and what became of the others. */
export const FunnelFigures = ({ answer: { funnel, previous, from, to } }: { readonly answer: Funnel }) => {
  const steps: readonly Step[] = Object.keys(STEPS).filter(isStep).map((name) => ({ title: STEPS[name], count: funnel[name], before: previous?.funnel[name] ?? 0 }));
  const most = Math.max(1, ...steps.map(({ count }) => count));
  return (
    <section aria-label="Funnel">
      <h2>Funnel</h2>
      <DataTable
        caption={`What happened from ${from} to ${to}, whenever the purchase began`}
        rows={steps}
        keyOf={({ title }) => title}
        columns={[
          { title: 'Step', cell: ({ title }) => title },
          { title: 'Count', cell: ({ count }) => count, isNumber: true },
          { title: 'Before', cell: ({ before }) => before, isNumber: true },
          { title: 'Share of the longest', cell: ({ count }) => <Bar share={count / most} /> },
        ]}
      />
      <TakeAlong name="funnel" rows={() => [['step', 'count', 'before'], ...steps.map(({ title, count, before }) => [title, count, before])]} />
    </section>
  );
};
