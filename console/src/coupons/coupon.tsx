import { Link, useParams } from 'wouter-preact';
import { api } from '../api/client.js';
import { dataOf } from '../api/problems.js';
import { useHeading } from '../frame/heading.js';
import { History } from '../history/history.js';
import { Json } from '../history/moment.js';
import { askStream, MOST_AT_ONCE } from '../history/stream.js';
import { useQuery } from '../pieces/address.js';
import { Instant } from '../pieces/instant.js';
import { Empty, Shown } from '../pieces/states.js';
import { useAnswer } from '../pieces/use-answer.js';
import { givenOf } from './coupons.js';

const Summary = ({ code }: { readonly code: string }) => {
  const page = useAnswer(`coupon|${code}`, (signal) => dataOf(api.GET('/audit/coupons', { params: { query: { code, limit: 1 } }, signal })));
  return (
    <Shown of={page} what="what is known of it">
      {({ data: [row] }) =>
        row === undefined ? (
          <Empty>The search knows no such code.</Empty>
        ) : (
          <>
            <dl class="facts-of">
              <dt>Status</dt>
              <dd>{row.status}</dd>
              <dt>Issued</dt>
              <dd>
                <Instant at={row.issuedAt} /> by <span class="id">{row.issuedBy}</span>
              </dd>
              <dt>Uses</dt>
              <dd>
                {row.uses.reserved} reserved, {row.uses.redeemed} redeemed, {row.uses.released} released, {row.uses.reversed} reversed
              </dd>
              <dt>Given</dt>
              <dd class="number">{givenOf(row.given) || '–'}</dd>
            </dl>
            <Json title="Terms" of={row.terms} />
            <p>
              <Link href={`/payments?code=${encodeURIComponent(code)}`}>Payments with this code</Link>
            </p>
          </>
        )
      }
    </Shown>
  );
};

/** One coupon: its terms, who used it, and whether its history stands. A hundred events are shown and checked at once. */
const Coupon = () => {
  const { id: code = '' } = useParams();
  const stream = `coupon-${code}`;
  useHeading(`Coupon ${code}`);
  const [query, change] = useQuery();
  const asked = Number(query['first'] ?? 0);
  const first = Number.isSafeInteger(asked) && asked > 0 ? asked : 0;
  const page = useAnswer(`${stream}|${first}`, (signal) => askStream(stream, first, signal));
  const turnTo = (revision: number): void => change({ first: revision === 0 ? '' : String(revision), revision: '' });
  return (
    <>
      <p>
        <Link href="/coupons">Coupons</Link>
      </p>
      <h1>
        Coupon <span class="id">{code}</span>
      </h1>
      <Summary code={code} />
      <Shown of={page} what="the coupon">
        {({ events, nextRevision }) => (
          <>
            <nav class="tools" aria-label="Pages of events">
              <button type="button" disabled={first === 0} onClick={() => turnTo(Math.max(0, first - MOST_AT_ONCE))}>
                Earlier events
              </button>
              <button type="button" disabled={nextRevision === null} onClick={() => turnTo(nextRevision ?? 0)}>
                Later events
              </button>
            </nav>
            <History key={`${stream}|${first}`} stream={stream} events={events} />
          </>
        )}
      </Shown>
    </>
  );
};

export default Coupon;
