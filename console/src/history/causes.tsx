import { Shown } from '../pieces/states.js';
import { Instant } from '../pieces/instant.js';
import { DataTable } from '../pieces/data-table.js';
import type { Answered } from '../pieces/use-answer.js';
import { StreamLink } from './stream-link.js';
import { titleOf, type Trace, type TraceNode } from './stream.js';

interface Branch {
  readonly node: TraceNode;
  readonly children: readonly Branch[];
}

/** Each node comes after its cause. */
const treeOf = (nodes: readonly TraceNode[]): readonly Branch[] => {
  const children = new Map<string | null, TraceNode[]>();
  const ids = new Set(nodes.map(({ id }) => id));
  for (const node of nodes) {
    const parent = node.parent !== null && ids.has(node.parent) ? node.parent : null;
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  const below = (parent: string | null): readonly Branch[] => (children.get(parent) ?? []).map((node) => ({ node, children: node.id === parent ? [] : below(node.id) }));
  return below(null);
};

const NodeText = ({ node: { id, kind, event } }: { readonly node: TraceNode }) =>
  event === null ? (
    <>
      {kind} <span class="id quiet">{id}</span>
    </>
  ) : (
    <>
      <strong>{titleOf(event.type)}</strong> in <StreamLink stream={event.stream} revision={event.revision} /> <span class="quiet">
        <Instant at={event.occurredAt} />
      </span>
    </>
  );

const Branches = ({ of }: { readonly of: readonly Branch[] }) => (
  <ul>
    {of.map(({ node, children }) => (
      <li key={node.id}>
        <NodeText node={node} />
        {children.length === 0 ? null : <Branches of={children} />}
      </li>
    ))}
  </ul>
);

/** What caused what, from the request to the mails. */
export const Causes = ({ trace }: { readonly trace: Answered<Trace> }) => (
  <section aria-label="Causes">
    <h2>Causes</h2>
    <Shown of={trace} what="causes">
      {({ nodes, truncated }) => (
        <div class="causes">
          <Branches of={treeOf(nodes)} />
          {truncated ? <p>There are more effects than are shown.</p> : null}
        </div>
      )}
    </Shown>
  </section>
);

/** Mails and invoices among the effects. */
export const MailsAndInvoices = ({ trace }: { readonly trace: Answered<Trace> }) => (
  <section aria-label="Mails and invoices">
    <h2>Mails and invoices</h2>
    <Shown of={trace} what="mails and invoices">
      {({ nodes }) => {
        const found = nodes.flatMap(({ id, kind, event }) => (event !== null && (kind === 'mail' || kind === 'invoice') ? [{ id, kind, event }] : []));
        return found.length === 0 ? (
          <p class="empty">No mail and no invoice came of it yet.</p>
        ) : (
          <DataTable
            caption="What was sent and written"
            rows={found}
            keyOf={({ id }) => id}
            columns={[
              { title: 'What happened', cell: ({ event }) => titleOf(event.type) },
              { title: 'When', cell: ({ event }) => <Instant at={event.occurredAt} /> },
              { title: 'Stream', cell: ({ event }) => <StreamLink stream={event.stream} revision={event.revision} /> },
            ]}
          />
        );
      }}
    </Shown>
  </section>
);
