import { Instant } from '../pieces/instant.js';
import { Shown } from '../pieces/states.js';
import { useAnswer } from '../pieces/use-answer.js';
import { askTrace, type TraceNode } from './ask.js';

const FOLLOWED = /^(?:mail|invoice)[A-Za-z]*-/i;

const Cause = ({ node: { id, kind, depth, event } }: { readonly node: TraceNode }) => (
  <li class={`depth-${Math.min(depth, 8)}`}>
    <span class="mark">{kind}</span> {event === null ? <span class="id">{id}</span> : event.type}
    {event === null ? null : (
      <span class="quiet">
        {' '}
        <Instant at={event.occurredAt} /> <span class="id">{event.stream}</span>
      </span>
    )}
  </li>
);

const List = ({ title, nodes }: { readonly title: string; readonly nodes: readonly TraceNode[] }) => (
  <>
    <h2>{title}</h2>
    {nodes.length === 0 ? <p class="empty">None.</p> : <ol class="causes">{nodes.map((node) => <Cause key={node.id} node={node} />)}</ol>}
  </>
);

/** What led to it and what came of it, with mails and invoices apart. */
export const Causes = ({ id }: { readonly id: string }) => {
  const trace = useAnswer(`trace|${id}`, (signal) => askTrace(id, signal));
  return (
    <Shown of={trace} what="causes">
      {({ nodes, truncated }) => (
        <>
          <List title="Mails and invoices" nodes={nodes.filter(({ event }) => event !== null && FOLLOWED.test(event.stream)).map((node) => ({ ...node, depth: 0 }))} />
          <List title="Tree of causes" nodes={nodes} />
          {truncated ? <p class="quiet">There is more than is shown here.</p> : null}
        </>
      )}
    </Shown>
  );
};
