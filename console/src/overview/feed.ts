import { authorized } from '../api/client.js';
import { pause } from '../api/pause.js';
import { isPassing, refusalOf, Refused } from '../api/problems.js';
import { EventStreamReader, type ServerEvent } from './event-stream.js';

export type FeedState = 'connecting' | 'live' | 'away' | 'ended';

export interface FeedTerms {
  /** Address and query. */
  readonly url: string;
  readonly onEvent: (event: ServerEvent) => void;
  readonly onState: (state: FeedState, why?: unknown) => void;
  readonly signal: AbortSignal;
}

/** The server says at least every 15 seconds how far it has read. */
const SILENCE_MS = 45_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** Reads one answer to its end; gives whether anything came. */
class Connection {
  readonly #terms: FeedTerms;
  lastId: string | null = null;

  constructor(terms: FeedTerms) {
    this.#terms = terms;
  }

  async read(): Promise<void> {
    const { url, signal, onState } = this.#terms;
    const silence = new AbortController();
    const headers = { accept: 'text/event-stream', ...(this.lastId === null ? {} : { 'last-event-id': this.lastId }) };
    const answer = await authorized(new Request(url, { headers, cache: 'no-store', signal: AbortSignal.any([signal, silence.signal]) }));
    if (!answer.ok || answer.body === null) throw refusalOf(answer.status, await answer.json().catch(() => null));
    onState('live');
    await this.#follow(answer.body, silence);
  }

  async #follow(body: ReadableStream<Uint8Array<ArrayBuffer>>, silence: AbortController): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    const events = new EventStreamReader();
    for (;;) {
      const timer = setTimeout(() => silence.abort(), SILENCE_MS);
      const { value, done } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      for (const event of events.take(value)) {
        this.lastId = event.id;
        if (event.kind !== '') this.#terms.onEvent(event);
      }
    }
  }
}

const isForGood = (error: unknown): boolean => error instanceof Refused && !isPassing(error);

/** Follows a feed until the signal: after each break it goes on after the last event that came, with more and more patience. */
export const followFeed = async (terms: FeedTerms): Promise<void> => {
  const { signal, onState } = terms;
  const connection = new Connection(terms);
  onState('connecting');
  for (let failures = 0; !signal.aborted; ) {
    const before = connection.lastId;
    const why = await connection.read().catch((error: unknown) => error);
    if (signal.aborted) return;
    if (isForGood(why)) {
      onState('ended', why);
      return;
    }
    failures = connection.lastId === before ? failures + 1 : 0;
    onState('away', why);
    await pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + Math.random()), signal);
  }
};
