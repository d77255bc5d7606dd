import type { paths } from '../api/schema.js';
import { DataTable } from '../pieces/data-table.js';

type Totals = NonNullable<paths['/audit/payments']['get']['responses'][200]['content']['application/json']['totals']>;

/** Counts by status, and sums of each currency apart. */
export const PaymentTotals = ({ totals: { count, statuses, sums, complete } }: { readonly totals: Totals }) => (
  <section aria-label="Totals">
    <h2>Totals</h2>
    <p>
      {count} payments: {Object.entries(statuses).map(([status, number]) => `${number} ${status}`).join(', ')}.{complete ? '' : ' There are more; these are the newest 200,000.'}
    </p>
    <DataTable
      caption="Each currency apart"
      rows={sums}
      keyOf={({ currency }) => currency}
      columns={[
        { title: 'Currency', cell: ({ currency }) => currency },
        { title: 'Payments', cell: (sum) => sum.count, isNumber: true },
        { title: 'Quoted', cell: ({ amount }) => amount, isNumber: true },
        { title: 'Captured', cell: ({ captured }) => captured, isNumber: true },
        { title: 'Refunded', cell: ({ refunded }) => refunded, isNumber: true },
      ]}
    />
  </section>
);
