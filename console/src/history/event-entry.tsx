import { DataTable } from '../pieces/data-table.js';
import { Instant } from '../pieces/instant.js';
import type { CheckedEvent } from '../verification/event-check.js';
import { metadataText, shownValue, type AuditedEvent } from './ask.js';
import { EventMark } from './verdict.js';

/** One event: what, when, by whom, what it changed, and its data and state where they are opened. */
export const EventEntry = ({ event, checked }: { readonly event: AuditedEvent; readonly checked: CheckedEvent | undefined }) => {
  const { type, revision, data, changes = [], changesTruncated = false } = event;
  return (
    <li id={`revision-${revision}`}>
      <h3>
        {revision}. {type} <EventMark checked={checked} />
      </h3>
      <p class="quiet">
        <Instant at={metadataText(event, 'occurredAt')} /> by <span class="id">{metadataText(event, 'actorId') || 'the program'}</span>
      </p>
      {changes.length === 0 ? null : (
        <DataTable
          caption={`What event ${revision} changed${changesTruncated ? ', the first ones' : ''}`}
          rows={changes}
          keyOf={({ path }) => path}
          columns={[
            { title: 'Field', cell: ({ path }) => <code>{path === '' ? 'all' : path}</code> },
            { title: 'Before', cell: ({ before }) => <code>{shownValue(before)}</code> },
            { title: 'After', cell: ({ after }) => <code>{shownValue(after)}</code> },
          ]}
        />
      )}
      <details>
        <summary>Data</summary>
        <pre tabIndex={0}>{JSON.stringify(data, null, 2)}</pre>
      </details>
    </li>
  );
};
