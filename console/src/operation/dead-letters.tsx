import { Link } from 'wouter-preact';
import { api } from '../api/client.js';
import { dataOf } from '../api/problems.js';
import type { paths } from '../api/schema.js';
import { useQuery } from '../pieces/address.js';
import { DataTable, type Column } from '../pieces/data-table.js';
import { Instant } from '../pieces/instant.js';
import { Empty, Shown } from '../pieces/states.js';
import { useAnswer } from '../pieces/use-answer.js';
import { useDoing, type Doing } from './action.js';
import { NumberedPages, pageIn } from './numbered-pages.js';

type Letter = paths['/operations/dead-letters']['get']['responses'][200]['content']['application/json']['data'][number];

const columns = ({ act, isBusy }: Doing): readonly Column<Letter>[] => [
  { title: 'Consumer', cell: ({ consumer }) => consumer },
  { title: 'Event', cell: ({ stream, type }) => <>{type} <Link class="id" href={`/streams/${encodeURIComponent(stream)}`}>{stream}</Link></> },
  { title: 'Failed', cell: ({ failedAt, attempts }) => <><Instant at={failedAt} />, {attempts} times</> },
  { title: 'Reason', cell: ({ reason }) => reason },
  {
    title: 'Replay',
    cell: ({ id, consumer }) => (
      <button type="button" disabled={isBusy} onClick={() => act(`Handed to ${consumer} once more`, () => dataOf(api.POST('/operations/dead-letters/{id}/replay', { params: { path: { id } } })))}>
        Replay <span class="unseen">{id}</span>
      </button>
    ),
  },
];

/** Events that a worker gave up on. */
export const DeadLetters = () => {
  const [query, change] = useQuery();
  const page = pageIn(query, 'letters');
  const answer = useAnswer(`dead letters ${page}`, (signal) => dataOf(api.GET('/operations/dead-letters', { params: { query: { page } }, signal })));
  const doing = useDoing(answer.reload);
  return (
    <section aria-labelledby="dead-letters">
      <h2 id="dead-letters">Dead letters</h2>
      {doing.told}
      <Shown of={answer} what="dead letters">
        {({ data, total, totalPages }) => (
          <>
            {data.length === 0 ? <Empty>No worker gave up on an event.</Empty> : <DataTable caption={`${total} dead letters`} columns={columns(doing)} rows={data} keyOf={({ id }) => id} />}
            <NumberedPages name="letters" page={page} of={totalPages} change={change} />
          </>
        )}
      </Shown>
    </section>
  );
};
