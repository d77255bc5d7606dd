import { Link } from 'wouter-preact';
import { api } from '../api/client.js';
import { dataOf } from '../api/problems.js';
import type { paths } from '../api/schema.js';
import { zone } from '../frame/settings.js';
import { useQuery } from '../pieces/address.js';
import { DataTable, type Column } from '../pieces/data-table.js';
import { Instant } from '../pieces/instant.js';
import { Empty, Shown } from '../pieces/states.js';
import { useStore } from '../pieces/store.js';
import { TakeAlong } from '../pieces/take-along.js';
import { useAnswer } from '../pieces/use-answer.js';
import { filtersOf, type Filters } from '../search/fields.js';
import { Pages } from '../search/pages.js';
import { SearchForm } from '../search/search-form.js';
import { PaymentTotals } from './payment-totals.js';

type Asked = NonNullable<paths['/audit/payments']['get']['parameters']['query']>;
type Page = paths['/audit/payments']['get']['responses'][200]['content']['application/json'];
export type PaymentRow = Page['data'][number];
type Status = NonNullable<Asked['status']>;

const STATUSES = [
  'opened', 'captured', 'captured-late', 'declined', 'cancelled', 'expired', 'refund-requested', 'refund-failed', 'partly-refunded', 'refunded', 'disputed',
] as const satisfies readonly Status[];

const AT_ONCE = 50;

const ask = (filters: Filters, status: Status | undefined, totals: boolean, signal: AbortSignal): Promise<Page> =>
  dataOf(api.GET('/audit/payments', { params: { query: { ...filters, ...(status === undefined ? {} : { status }), ...(totals ? { totals } : {}), limit: AT_ONCE } }, signal }));

const COLUMNS: readonly Column<PaymentRow>[] = [
  { title: 'Payment', cell: ({ id }) => <Link class="id" href={`/payments/${encodeURIComponent(id)}`}>{id}</Link> },
  { title: 'Opened', cell: ({ openedAt }) => <Instant at={openedAt} /> },
  { title: 'Status', cell: ({ statuses }) => statuses.join(', ') },
  { title: 'Amount', cell: ({ amount, currency }) => (amount === null ? '' : `${amount} ${currency ?? ''}`), isNumber: true },
  { title: 'Captured', cell: ({ captured }) => captured ?? '', isNumber: true },
  { title: 'Refunded', cell: ({ refunded }) => refunded, isNumber: true },
  { title: 'Code', cell: ({ couponCode }) => couponCode ?? '' },
  { title: 'Payer', cell: ({ payerId }) => <span class="id">{payerId ?? ''}</span> },
];

const tableOf = (rows: readonly PaymentRow[]) => [
  ['id', 'openedAt', 'statuses', 'currency', 'amount', 'captured', 'refunded', 'code', 'payer', 'courses'],
  ...rows.map((row) => [row.id, row.openedAt, row.statuses.join(' '), row.currency, row.amount, row.captured, row.refunded, row.couponCode, row.payerId, row.courseIds.join(' ')]),
];

/** Payments by anything that is known of them, the newest first. */
const Payments = () => {
  const [query, change] = useQuery();
  const timeZone = useStore(zone);
  const filters = filtersOf(query, timeZone);
  const status = STATUSES.find((name) => name === query['status']);
  const totals = query['totals'] === 'true';
  const page = useAnswer(JSON.stringify(['payments', filters, status, totals]), (signal) => ask(filters, status, totals, signal));
  return (
    <>
      <h1>Payments</h1>
      <SearchForm query={query} statuses={STATUSES} change={change} />
      <label class="check">
        <input type="checkbox" checked={totals} onChange={({ currentTarget }) => change({ totals: currentTarget.checked ? 'true' : '' })} /> With the totals of the whole search
      </label>
      <Shown of={page} what="payments">
        {({ data, nextCursor, totals: sums }) => (
          <>
            {sums === undefined ? null : <PaymentTotals totals={sums} />}
            {data.length === 0 ? <Empty>No payment {nextCursor === null ? 'is' : 'on this page is'} like that.</Empty> : <DataTable caption={`${data.length} payments, the newest first`} columns={COLUMNS} rows={data} keyOf={({ id }) => id} />}
            <Pages query={query} nextCursor={nextCursor} change={change} />
            <TakeAlong name="payments" rows={() => tableOf(data)} />
          </>
        )}
      </Shown>
    </>
  );
};

export default Payments;
