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

type Mail = paths['/operations/mails']['get']['responses'][200]['content']['application/json']['data'][number];
type Outcome = Mail['outcome'];

const OUTCOMES: Readonly<Record<Outcome, string>> = { unknown: 'Outcome unknown: may have arrived', 'given-up': 'Given up: did not arrive' };
const isOutcome = (name: string): name is Outcome => name in OUTCOMES;

const Decide = ({ mail: { id, template }, doing: { act, isBusy } }: { readonly mail: Mail; readonly doing: Doing }) => {
  const path = { params: { path: { id } } };
  const settle = (outcome: 'sent' | 'not-needed', what: string): void =>
    act(what, () => dataOf(api.POST('/operations/mails/{id}/settle', { ...path, body: { outcome } })));
  const name = <span class="unseen">{template} {id}</span>;
  return (
    <span class="tools">
      <button type="button" disabled={isBusy} onClick={() => act('It will be sent once more', () => dataOf(api.POST('/operations/mails/{id}/resend', path)))}>Resend {name}</button>
      <button type="button" disabled={isBusy} onClick={() => settle('sent', 'It counts as sent')}>Was sent {name}</button>
      <button type="button" disabled={isBusy} onClick={() => settle('not-needed', 'It will not be sent')}>Not needed {name}</button>
    </span>
  );
};

const columns = (doing: Doing): readonly Column<Mail>[] => [
  { title: 'Mail', cell: ({ id, template }) => <>{template} <Link class="id" href={`/streams/mail-${encodeURIComponent(id)}`}>{id}</Link></> },
  { title: 'Account', cell: ({ accountId }) => <span class="id">{accountId}</span> },
  { title: 'Last attempt', cell: ({ endedAt, attempts }) => <>{endedAt === null ? '' : <Instant at={endedAt} />}, {attempts} times</> },
  { title: 'Reason', cell: ({ reason }) => reason ?? '' },
  { title: 'Decision', cell: (mail) => <Decide mail={mail} doing={doing} /> },
];

/** Mails that wait for a person. */
export const Mails = () => {
  const [query, change] = useQuery();
  const page = pageIn(query, 'mails');
  const asked = query['outcome'] ?? 'unknown';
  const outcome = isOutcome(asked) ? asked : 'unknown';
  const answer = useAnswer(`mails ${outcome} ${page}`, (signal) => dataOf(api.GET('/operations/mails', { params: { query: { outcome, page } }, signal })));
  const doing = useDoing(answer.reload);
  return (
    <section aria-labelledby="mails">
      <h2 id="mails">Mails that wait for a person</h2>
      <div class="fields">
        <label>
          Outcome
          <select value={outcome} onChange={({ currentTarget: { value } }) => change({ outcome: value === 'unknown' ? '' : value, mails: '' })}>
            {Object.entries(OUTCOMES).map(([name, title]) => <option key={name} value={name}>{title}</option>)}
          </select>
        </label>
      </div>
      {doing.told}
      <Shown of={answer} what="mails">
        {({ data, total, totalPages }) => (
          <>
            {data.length === 0 ? <Empty>No mail waits for a person.</Empty> : <DataTable caption={`${total} mails`} columns={columns(doing)} rows={data} keyOf={({ id }) => id} />}
            <NumberedPages name="mails" page={page} of={totalPages} change={change} />
          </>
        )}
      </Shown>
    </section>
  );
};
