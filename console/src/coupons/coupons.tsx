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
import { codeAddress } from '../history/code-address.js';

type Asked = NonNullable<paths['/audit/coupons']['get']['parameters']['query']>;
type Page = paths['/audit/coupons']['get']['responses'][200]['content']['application/json'];
type Row = Page['data'][number];
type Status = NonNullable<Asked['status']>;

const STATUSES = ['issued', 'withdrawn', 'disabled'] as const satisfies readonly Status[];
const AT_ONCE = 50;

const ask = (filters: Filters, status: Status | undefined, signal: AbortSignal): Promise<Page> =>
  dataOf(api.GET('/audit/coupons', { params: { query: { ...filters, ...(status === undefined ? {} : { status }), limit: AT_ONCE } }, signal }));

export const givenOf = (given: Row['given']): string => Object.entries(given).map(([currency, amount]) => `${amount} ${currency}`).join(', ');

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Code', cell: ({ code }) => <Link href={codeAddress(code)}>{code}</Link> },
  { title: 'Issued', cell: ({ issuedAt }) => <Instant at={issuedAt} /> },
  { title: 'Status', cell: ({ status }) => status },
  { title: 'Reserved', cell: ({ uses }) => uses.reserved, isNumber: true },
  { title: 'Redeemed', cell: ({ uses }) => uses.redeemed, isNumber: true },
  { title: 'Released', cell: ({ uses }) => uses.released, isNumber: true },
  { title: 'Reversed', cell: ({ uses }) => uses.reversed, isNumber: true },
  { title: 'Given', cell: ({ given }) => givenOf(given), isNumber: true },
  { title: 'Issued by', cell: ({ issuedBy }) => <span class="id">{issuedBy}</span> },
];

const tableOf = (rows: readonly Row[]) => [
  ['code', 'issuedAt', 'status', 'reserved', 'redeemed', 'released', 'reversed', 'given', 'issuedBy'],
  ...rows.map(({ code, issuedAt, status, uses, given, issuedBy }) => [code, issuedAt, status, uses.reserved, uses.redeemed, uses.released, uses.reversed, givenOf(given), issuedBy]),
];

/** Coupons by anything that is known of them, the newest first. */
const Coupons = () => {
  const [query, change] = useQuery();
  const timeZone = useStore(zone);
  const filters = filtersOf(query, timeZone);
  const status = STATUSES.find((name) => name === query['status']);
  const page = useAnswer(JSON.stringify(['coupons', filters, status]), (signal) => ask(filters, status, signal));
  return (
    <>
      <h1>Coupons</h1>
      <SearchForm query={query} statuses={STATUSES} change={change} />
      <Shown of={page} what="coupons">
        {({ data, nextCursor }) => (
          <>
            {data.length === 0 ? <Empty>No coupon {nextCursor === null ? 'is' : 'on this page is'} like that.</Empty> : <DataTable caption={`${data.length} coupons, the newest first`} columns={COLUMNS} rows={data} keyOf={({ id }) => id} />}
            <Pages query={query} nextCursor={nextCursor} change={change} />
            <TakeAlong name="coupons" rows={() => tableOf(data)} />
          </>
        )}
      </Shown>
    </>
  );
};

export default Coupons;
