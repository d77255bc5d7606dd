import { Link } from 'wouter-preact';
import { useQuery } from '../pieces/address.js';
import { DataTable } from '../pieces/data-table.js';
import { Instant } from '../pieces/instant.js';
import { NextPage, SearchForm, type Field } from '../pieces/search-form.js';
import { Empty, Shown } from '../pieces/states.js';
import { TakeAlong } from '../pieces/take-along.js';
import { useAnswer } from '../pieces/use-answer.js';
import { askCoupons, STATUSES, type Coupon, type CouponPage } from './ask.js';

const FIELDS: readonly Field[] = [
  { name: 'code', title: 'Code' },
  { name: 'status', title: 'Status', choices: STATUSES },
  { name: 'payer', title: 'Used by' },
  { name: 'course', title: 'Course' },
  { name: 'from', title: 'Issued from (UTC)', type: 'date' },
  { name: 'to', title: 'Issued to (UTC)', type: 'date' },
  { name: 'actor', title: 'Who had a hand in it' },
  { name: 'reason', title: 'Reason' },
];

const HEAD = ['code', 'issued (UTC)', 'issued by', 'status', 'reserved', 'redeemed', 'released', 'reversed', 'given'];

const givenText = ({ given }: Pick<Coupon, 'given'>): string => Object.entries(given).map(([currency, amount]) => `${amount} ${currency}`).join(', ');

const cells = ({ code, issuedAt, issuedBy, status, uses, given }: Coupon) => [code, issuedAt, issuedBy, status, uses.reserved, uses.redeemed, uses.released, uses.reversed, givenText({ given })];

const List = ({ page: { data, nextCursor, totals } }: { readonly page: CouponPage }) => (
  <>
    {totals === undefined ? null : (
      <p>
        {totals.count} coupons; {totals.uses.redeemed} redeemed, {totals.uses.reserved} reserved. {givenText(totals) === '' ? null : `Given: ${givenText(totals)}.`}
        {totals.complete ? null : ' These are the newest alone: ask for a shorter time.'}
      </p>
    )}
    {data.length === 0 ? (
      <Empty>{nextCursor === null ? 'No coupon is as you ask.' : 'None on this page; there may be some on the next one.'}</Empty>
    ) : (
      <>
        <TakeAlong name="coupons of this page" rows={() => [HEAD, ...data.map(cells)]} />
        <DataTable
          caption="Coupons, the newest first"
          rows={data}
          keyOf={({ stream }) => stream}
          columns={[
            { title: 'Code', cell: ({ id, code }) => <Link class="id" href={`/coupons/${encodeURIComponent(id)}`}>{code}</Link> },
            { title: 'Issued', cell: ({ issuedAt }) => <Instant at={issuedAt} /> },
            { title: 'By', cell: ({ issuedBy }) => <span class="id">{issuedBy}</span> },
            { title: 'Status', cell: ({ status }) => status },
            { title: 'Reserved', cell: ({ uses }) => uses.reserved, isNumber: true },
            { title: 'Redeemed', cell: ({ uses }) => uses.redeemed, isNumber: true },
            { title: 'Given', cell: givenText, isNumber: true },
          ]}
        />
      </>
    )}
    <NextPage cursor={nextCursor} />
  </>
);

/** The search of coupons. */
const Coupons = () => {
  const [query] = useQuery();
  const page = useAnswer(`coupons|${JSON.stringify(query)}`, (signal) => askCoupons(query, signal));
  return (
    <>
      <h1>Coupons</h1>
      <SearchForm fields={FIELDS} />
      <Shown of={page} what="coupons">
        {(value) => <List page={value} />}
      </Shown>
    </>
  );
};

export default Coupons;
