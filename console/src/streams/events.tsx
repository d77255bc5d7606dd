import type { paths } from '../api/schema.js';
import { DataTable, type Column } from '../pieces/data-table.js';
import { Instant } from '../pieces/instant.js';

export type StreamPage = paths['/audit/streams/{stream}']['get']['responses'][200]['content']['application/json'];
export type StreamEvent = StreamPage['events'][number];

const metadataOf = ({ metadata }: StreamEvent, name: string): string => {
  const value = Object.entries(metadata).find(([field]) => field === name)?.[1];
  return typeof value === 'string' ? value : '';
};

export const occurredAt = (event: StreamEvent): string => metadataOf(event, 'occurredAt');

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The fields of an event, one line each. */
const Decoded = ({ event: { data } }: { readonly event: StreamEvent }) => (
  <dl class="decoded">
    {Object.entries(data).map(([name, value]) => (
      <div key={name}><dt>{name}</dt><dd>{shown(value)}</dd></div>
    ))}
  </dl>
);

const Raw = ({ event }: { readonly event: StreamEvent }) => <pre class="raw">{JSON.stringify(event, null, 2)}</pre>;

interface Parts {
  readonly events: readonly StreamEvent[];
  readonly isRaw: boolean;
  readonly chosen: readonly (number | undefined)[];
  readonly choose: (side: 'left' | 'right', revision: number) => void;
}

const columns = ({ isRaw, chosen, choose }: Parts): readonly Column<StreamEvent>[] => [
  { title: 'Revision', cell: ({ revision }) => revision },
  { title: 'Event', cell: ({ type }) => type },
  { title: 'When', cell: (event) => <Instant at={occurredAt(event)} /> },
  { title: 'Who', cell: (event) => <span class="id">{metadataOf(event, 'actorId') || 'the program'}</span> },
  { title: isRaw ? 'As it is kept' : 'What it says', cell: (event) => (isRaw ? <Raw event={event} /> : <Decoded event={event} />) },
  {
    title: 'Compare',
    cell: ({ revision }) => (
      <span class="tools">
        {(['left', 'right'] as const).map((side, index) => (
          <button key={side} type="button" aria-pressed={chosen[index] === revision} onClick={() => choose(side, revision)}>
            {side} <span class="unseen">side: revision {revision}</span>
          </button>
        ))}
      </span>
    ),
  },
];

export const Events = (parts: Parts) => <DataTable caption={`${parts.events.length} events`} columns={columns(parts)} rows={parts.events} keyOf={({ id }) => id} />;
