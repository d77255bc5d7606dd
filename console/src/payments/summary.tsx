import { Link } from 'wouter-preact';
import { api } from '../api/client.js';
import { dataOf } from '../api/problems.js';
import { Empty, Shown } from '../pieces/states.js';
import { useAnswer } from '../pieces/use-answer.js';
import { codeAddress } from '../history/code-address.js';

/** What the search knows about a payment. */
export const Summary = ({ id }: { readonly id: string }) => {
  const page = useAnswer(`payment|${id}`, (signal) => dataOf(api.GET('/audit/payments', { params: { query: { id, limit: 1 } }, signal })));
  return (
    <Shown of={page} what="what is known of it">
      {({ data: [row] }) =>
        row === undefined ? (
          <Empty>The search knows no such payment.</Empty>
        ) : (
          <dl class="facts-of">
            <dt>Status</dt>
            <dd>{row.statuses.join(', ')}</dd>
            <dt>Quoted</dt>
            <dd class="number">{row.amount === null ? '–' : `${row.amount} ${row.currency ?? ''}`}</dd>
            <dt>Captured</dt>
            <dd class="number">{row.captured ?? '–'}</dd>
            <dt>Refunded</dt>
            <dd class="number">{row.refunded}</dd>
            <dt>Method</dt>
            <dd>{row.method ?? '–'}</dd>
            <dt>Code</dt>
            <dd>{row.couponCode === null ? '–' : <Link href={codeAddress(row.couponCode)}>{row.couponCode}</Link>}</dd>
            <dt>Payer</dt>
            <dd>{row.payerId === null ? '–' : <Link class="id" href={`/payments?payer=${encodeURIComponent(row.payerId)}`}>{row.payerId}</Link>}</dd>
            <dt>Courses</dt>
            <dd class="id">{row.courseIds.join(', ')}</dd>
            <dt>Reasons</dt>
            <dd>{row.reasons.length === 0 ? '–' : row.reasons.join(', ')}</dd>
          </dl>
        )
      }
    </Shown>
  );
};
