import { useMemo } from 'preact/hooks';
import { useQuery } from '../pieces/address.js';
import { Shown } from '../pieces/states.js';
import { useAnswer } from '../pieces/use-answer.js';
import { askEvents, PAGE, type StreamPage } from './ask.js';
import { EventEntry } from './event-entry.js';
import { Slider } from './slider.js';
import { useVerification } from './use-verification.js';
import { Verdict } from './verdict.js';

const Pages = ({ page: { fromRevision, nextRevision } }: { readonly page: StreamPage }) => {
  const [, change] = useQuery();
  if (fromRevision === 0 && nextRevision === null) return null;
  const go = (from: number): void => change({ from: from === 0 ? '' : String(from), revision: '' });
  return (
    <nav class="tools" aria-label="Pages of events">
      <button type="button" disabled={fromRevision === 0} onClick={() => go(Math.max(0, fromRevision - PAGE))}>
        Earlier events
      </button>
      <button type="button" disabled={nextRevision === null} onClick={() => (nextRevision === null ? undefined : go(nextRevision))}>
        Later events
      </button>
    </nav>
  );
};

const Events = ({ page }: { readonly page: StreamPage }) => {
  const { stream } = page;
  const events = useMemo(() => page.events, [page]);
  const verification = useVerification(stream, events);
  return (
    <>
      <Verdict of={verification} total={events.length} />
      <Slider events={events} />
      <section aria-label="Events">
        <h2>Events</h2>
        <ol class="timeline">
          {events.map((event) => (
            <EventEntry key={event.id} event={event} checked={verification.verified?.events.get(event.id)} />
          ))}
        </ol>
        <Pages page={page} />
      </section>
    </>
  );
};

/** A stream of the audited log as a timeline, verified by this browser. */
export const History = ({ stream }: { readonly stream: string }) => {
  const [{ from = '0' }] = useQuery();
  const first = /^\d{1,15}$/.test(from) ? Number(from) : 0;
  const page = useAnswer(`events|${stream}|${first}`, (signal) => askEvents(stream, first, signal));
  return (
    <Shown of={page} what="events">
      {(value) => <Events page={value} />}
    </Shown>
  );
};
