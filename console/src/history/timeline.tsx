import { Instant } from '../pieces/instant.js';
import type { Verdict } from '../verification/verify-event.js';
import { actorOf, occurredAt, titleOf, type StreamEvent } from './stream.js';

const MARKS: Readonly<Record<Verdict['is'], readonly [mark: string, text: string]>> = {
  held: ['good', 'verified'],
  withheld: ['care', 'verified, a secret is not shown'],
  later: ['care', 'not signed yet'],
  broken: ['bad', 'tampered'],
};

export const VerdictMark = ({ verdict }: { readonly verdict: Verdict | undefined }) => {
  if (verdict === undefined) return null;
  const [mark, text] = MARKS[verdict.is];
  return <span class={`mark ${mark}`}>{text}</span>;
};

interface Parts {
  readonly events: readonly StreamEvent[];
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly revision: number;
  readonly choose: (revision: number) => void;
}

/** What happened, when and by whom; each event can be chosen. */
export const Timeline = ({ events, verdicts, revision, choose }: Parts) => (
  <ol class="timeline">
    {events.map((event) => (
      <li key={event.id} class={verdicts.get(event.id)?.is === 'broken' ? 'broken' : undefined}>
        <button type="button" aria-pressed={event.revision === revision} onClick={() => choose(event.revision)}>
          {event.revision}. {titleOf(event.type)}
        </button>{' '}
        <VerdictMark verdict={verdicts.get(event.id)} />
        <div class="quiet">
          <Instant at={occurredAt(event)} /> by <span class="id">{actorOf(event)}</span>
        </div>
      </li>
    ))}
  </ol>
);
