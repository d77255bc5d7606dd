import { DataTable } from '../pieces/data-table.js';
import { Instant } from '../pieces/instant.js';
import { Empty } from '../pieces/states.js';
import { Copy } from '../pieces/take-along.js';
import { occurredAt, titleOf, type StreamEvent } from './stream.js';

interface Parts {
  readonly events: readonly StreamEvent[];
  readonly revision: number;
  readonly choose: (revision: number) => void;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 1));

const Value = ({ of }: { readonly of: unknown }) => (of === undefined ? <span class="quiet">nothing</span> : <span class="value">{textOf(of)}</span>);

const Changes = ({ event: { changes = [], changesTruncated = false } }: { readonly event: StreamEvent }) =>
  changes.length === 0 ? (
    <Empty>It changed nothing of the state.</Empty>
  ) : (
    <>
      <DataTable
        caption="What it changed"
        rows={changes}
        keyOf={({ path }) => path}
        columns={[
          { title: 'Field', cell: ({ path }) => <span class="id">{path === '' ? 'all of it' : path}</span> },
          { title: 'Before', cell: ({ before }) => <Value of={before} /> },
          { title: 'After', cell: ({ after }) => <Value of={after} /> },
        ]}
      />
      {changesTruncated ? <p>There are more changes than are shown.</p> : null}
    </>
  );

export const Json = ({ title, of }: { readonly title: string; readonly of: unknown }) => {
  const text = JSON.stringify(of, null, 2) ?? '';
  return (
    <details>
      <summary>{title}</summary>
      <pre tabIndex={0}>{text}</pre>
      <div class="tools">
        <Copy text={() => text} label={`Copy ${title.toLowerCase()}`} />
      </div>
    </details>
  );
};

/** A slider through the events, and what one of them did. */
export const Moment = ({ events, revision, choose }: Parts) => {
  const [first, last] = [events[0], events.at(-1)];
  const event = events.find((one) => one.revision === revision) ?? last;
  if (event === undefined || first === undefined || last === undefined) return null;
  return (
    <section aria-label="Through time">
      <h2>Through time</h2>
      <label class="slider">
        Up to revision {event.revision} of {last.revision}
        <input
          type="range"
          min={first.revision}
          max={last.revision}
          value={event.revision}
          aria-valuetext={`Revision ${event.revision}, ${titleOf(event.type)}`}
          onInput={({ currentTarget }) => choose(Number(currentTarget.value))}
        />
      </label>
      <h3>
        {titleOf(event.type)}, <Instant at={occurredAt(event)} />
      </h3>
      <Changes event={event} />
      <Json title="State after it" of={event.state} />
      {event.stateTruncated === true ? <p>The state is too large to be shown as a whole.</p> : null}
      <Json title="Data" of={event.data} />
      <Json title="Metadata" of={event.metadata} />
    </section>
  );
};
