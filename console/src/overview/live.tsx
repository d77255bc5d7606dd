import { useEffect, useRef, useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { messageOf } from '../api/problems.js';
import { Instant } from '../pieces/instant.js';
import { scopeQuery, type Asked } from './asked.js';
import { factOf, type ShownFact } from './facts.js';
import { followFeed, type FeedState } from './feed.js';

interface Parts {
  readonly asked: Asked;
  /** Told when figures may have changed; facts of a moment are told once. */
  readonly onFact: () => void;
}

const MOST_SHOWN = 20;
/** The figures behind a fact come a little after it; and a burst of facts is one change. */
const SETTLED_MS = 1_500;

const STATES: Readonly<Record<FeedState, readonly [mark: string, text: string]>> = {
  connecting: ['care', 'connecting'],
  live: ['good', 'live'],
  away: ['bad', 'the server is away; trying again'],
  ended: ['bad', 'ended'],
};

const Facts = ({ facts }: { readonly facts: readonly ShownFact[] }) => (
  <ul class="facts">
    {facts.map(({ id, kind, at, about, amounts, paymentId }) => (
      <li key={`${id}|${kind}`}>
        <Instant at={at} /> <strong>{kind.replaceAll('-', ' ')}</strong> {amounts} <span class="id">{about}</span>{' '}
        {paymentId === null ? null : <Link href={`/payments/${encodeURIComponent(paymentId)}`}>payment</Link>}
      </li>
    ))}
  </ul>
);

const useFeed = ({ asked, onFact }: Parts) => {
  const [facts, setFacts] = useState<readonly ShownFact[]>([]);
  const [count, setCount] = useState(0);
  const [state, setState] = useState<FeedState>('connecting');
  const [why, setWhy] = useState<unknown>(undefined);
  const told = useRef(onFact);
  told.current = onFact;
  const query = new URLSearchParams(scopeQuery(asked)).toString();
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    setFacts([]);
    setCount(0);
    void followFeed({
      url: `/analytics/feed${query === '' ? '' : `?${query}`}`,
      signal: ended.signal,
      onState: (next, reason) => {
        setState(next);
        setWhy(reason);
      },
      onEvent: (event) => {
        const fact = factOf(event);
        if (fact === null) return;
        setFacts((before) => [fact, ...before].slice(0, MOST_SHOWN));
        setCount((before) => before + 1);
        timer ??= setTimeout(() => {
          timer = undefined;
          told.current();
        }, SETTLED_MS);
      },
    });
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [query]);
  return { facts, count, state, why };
};

/** What happens now, from the feed of facts; figures above and below are asked for again when it tells something. */
export const Live = (parts: Parts) => {
  const { facts, count, state, why } = useFeed(parts);
  const [mark, text] = STATES[state];
  return (
    <section aria-label="Now" class="live">
      <h2>
        Now <span class={`mark ${mark}`} role="status">{text}</span>
      </h2>
      {state === 'ended' ? <p>{messageOf(why)}</p> : null}
      <p aria-live="polite">{count === 0 ? 'Nothing has happened since this page was opened.' : `${count} since this page was opened; the newest first.`}</p>
      <Facts facts={facts} />
    </section>
  );
};
