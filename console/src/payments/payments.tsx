import { Link } from 'wouter-preact';
import { useQuery } from '../pieces/address.js';
import { DataTable } from '../pieces/data-table.js';
import { Instant } from '../pieces/instant.js';
import { NextPage, SearchForm, type Field } from '../pieces/search-form.js';
import { Empty, Shown } from '../pieces/states.js';
import { TakeAlong } from '../pieces/take-along.js';
import { useAnswer } from '../pieces/use-answer.js';
import { askPayments, STATUSES, type Payment, type PaymentPage } from './ask.js';

const FIELDS: readonly Field[] = [
  { name: 'id', title: 'Payment' },
  { name: 'payer', title: 'Payer' },
  { name: 'course', title: 'Course' },
  { name: 'code', title: 'Code' },
  { name: 'status', title: 'Status', choices: STATUSES },
  { name: 'amountFrom', title: 'Amount from', type: 'number' },
  { name: 'amountTo', title: 'Amount to', type: 'number' },
  { name: 'currency', title: 'Currency' },
  { name: 'from', title: 'From day (UTC)', type: 'date' },
  { name: 'to', title: 'To day (UTC)', type: 'date' },
  { name: 'actor', title: 'Who had a hand in it' },
  { name: 'reason', title: 'Reason' },
];

const HEAD = ['payment', 'opened (UTC)', 'payer', 'courses', 'code', 'status', 'currency', 'amount', 'captured', 'refunded'];

const cells = ({ id, openedAt, payerId, courseIds, couponCode, statuses, currency, amount, captured, refunded }: Payment) => [id, openedAt, payerId, courseIds.join(' '), couponCode, statuses.join(' '), currency, amount, captured, refunded];

const Sums = ({ totals }: { readonly totals: NonNullable<PaymentPage['totals']> }) => (
  <DataTable
    caption={`${totals.count} payments${totals.complete ? '' : ', of the newest alone: ask for a shorter time'}`}
    rows={totals.sums}
    keyOf={({ currency }) => currency}
    columns={[
      { title: 'Currency', cell: ({ currency }) => currency },
      { title: 'Payments', cell: ({ count }) => count, isNumber: true },
      { title: 'Amount', cell: ({ amount }) => amount, isNumber: true },
      { title: 'Captured', cell: ({ captured }) => captured, isNumber: true },
      { title: 'Refunded', cell: ({ refunded }) => refunded, isNumber: true },
    ]}
  />
);

const List = ({ page: { data, nextCursor, totals } }: { readonly page: PaymentPage }) => (
  <>
    {totals === undefined || totals.sums.length === 0 ? null : <Sums totals={totals} />}
    {data.length === 0 ? (
      <Empty>{nextCursor === null ? 'No payment is as you ask.' : 'None on this page; there may be some on the next one.'}</Empty>
    ) : (
      <>
        <TakeAlong name="payments of this page" rows={() => [HEAD, ...data.map(cells)]} />
        <DataTable
          caption="Payments, the newest first"
          rows={data}
          keyOf={({ id }) => id}
          columns={[
            { title: 'Payment', cell: ({ id }) => <Link class="id" href={`/payments/${encodeURIComponent(id)}`}>{id}</Link> },
            { title: 'Opened', cell: ({ openedAt }) => <Instant at={openedAt} /> },
            { title: 'Payer', cell: ({ payerId }) => <span class="id">{payerId}</span> },
            { title: 'Status', cell: ({ statuses }) => statuses.join(', ') },
            { title: 'Code', cell: ({ couponCode }) => couponCode },
            { title: 'Currency', cell: ({ currency }) => currency },
            { title: 'Amount', cell: ({ amount }) => amount, isNumber: true },
            { title: 'Captured', cell: ({ captured }) => captured, isNumber: true },
            { title: 'Refunded', cell: ({ refunded }) => refunded, isNumber: true },
          ]}
        />
      </>
    )}
    <NextPage cursor={nextCursor} />
  </>
);

/** The search of payments. */
const Payments = () => {
  const [query] = useQuery();
  const page = useAnswer(`payments|${JSON.stringify(query)}`, (signal) => askPayments(query, signal));
  return (
    <>
      <h1>Payments</h1>
      <SearchForm fields={FIELDS} />
      <Shown of={page} what="payments">
        {(value) => <List page={value} />}
      </Shown>
    </>
  );
};

export default Payments;
