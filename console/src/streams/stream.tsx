import { useParams } from 'wouter-preact';
import { api } from '../api/client.js';
import { dataOf } from '../api/problems.js';
import { useQuery } from '../pieces/address.js';
import { Shown } from '../pieces/states.js';
import { download } from '../pieces/take-along.js';
import { useAnswer } from '../pieces/use-answer.js';
import { Compared } from './compared.js';
import { Events, type StreamPage } from './events.js';

const AT_ONCE = 50;

const revisionIn = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  return Number(text);
};

const ask = (stream: string, fromRevision: number, signal: AbortSignal): Promise<StreamPage> =>
  dataOf(api.GET('/audit/streams/{stream}', { params: { path: { stream }, query: { fromRevision, limit: AT_ONCE } }, signal }));

/** The events of one stream in pages, as they are kept or field by field, and two of its revisions side by side. */
const Stream = () => {
  const { stream: named = '' } = useParams<{ readonly stream: string }>();
  const stream = decodeURIComponent(named);
  const [query, change] = useQuery();
  const from = revisionIn(query['from']) ?? revisionIn(query['revision']) ?? 0;
  const [left, right] = [revisionIn(query['left']), revisionIn(query['right'])];
  const isRaw = query['raw'] === 'true';
  const page = useAnswer(JSON.stringify(['stream', stream, from]), (signal) => ask(stream, from, signal));
  const to = (revision: number): void => change({ from: String(Math.max(0, revision)), revision: '' });
  return (
    <>
      <h1>Stream <span class="id">{stream}</span></h1>
      <label>
        <input type="checkbox" checked={isRaw} onChange={({ currentTarget }) => change({ raw: currentTarget.checked ? 'true' : '' })} /> As it is kept
      </label>
      {left === undefined || right === undefined ? null : <Compared stream={stream} left={left} right={right} />}
      <Shown of={page} what="events">
        {({ events, nextRevision }) => (
          <>
            <Events events={events} isRaw={isRaw} chosen={[left, right]} choose={(side, revision) => change({ [side]: String(revision) })} />
            <nav class="tools" aria-label="Pages of events">
              <button type="button" disabled={from === 0} onClick={() => to(from - AT_ONCE)}>Earlier</button>
              <button type="button" disabled={nextRevision === null} onClick={() => to(nextRevision ?? from)}>Later</button>
              <button type="button" onClick={() => download(`${stream.replaceAll(/[^\w-]+/g, '_')}.json`, 'application/json', JSON.stringify(events, null, 2))}>Download these events (JSON)</button>
            </nav>
          </>
        )}
      </Shown>
    </>
  );
};

export default Stream;
