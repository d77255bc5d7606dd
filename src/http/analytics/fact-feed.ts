import type { Readable } from 'node:stream';
import type { Fact, FactKind, FactRow } from '../../commands/analytics/fact.js';
import type { Clock } from '../../ports/clock.js';
import type { Position } from '../../ports/event-store.js';
import type { FiguresOf } from '../../projections/analytics/queries.js';
import { HEARTBEAT_MS, openEventStream, RECONNECT_MS, type EventBatches } from '../shared/event-stream.js';
import type { FactHub, FactListener } from './fact-hub.js';

export interface FactFeedTerms {
  readonly hub: Pick<FactHub, 'join' | 'leave' | 'read'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly of: FiguresOf;
  /** Null: all. */
  readonly kinds: ReadonlySet<FactKind> | null;
  /** The last event that the client has seen; undefined: the feed begins with what comes now. */
  readonly after: Position | undefined;
  /** Asked before anything is sent: the session lives, and the account may see these facts. */
  readonly mayGoOn: () => Promise<boolean>;
  /** Told why the feed ended before its time. */
  readonly onFailure: (error: unknown) => void;
}

const FIELDS = { course: 'courseId', instructor: 'instructorId', organization: 'organizationId', surface: 'surface' } as const;

/** The rows that a reader may see; none: the fact is not shown. */
const rowsFor = ({ dimension, key }: FiguresOf, { rows }: Fact): readonly FactRow[] => {
  if (dimension === 'all') return rows;
  if (dimension === 'coupon') return rows.filter((row) => row['couponCode'] === key || row['code'] === key);
  return rows.filter((row) => row[FIELDS[dimension]] === key);
};

const textOf = ({ kind, table, position }: Fact, rows: readonly FactRow[]): string => `id: ${position}\nevent: ${kind}\ndata: ${JSON.stringify({ table, rows })}\n\n`;

/** Facts are shared by the readers of a process: those who see all of one get the same text. */
const wholeTexts = new WeakMap<Fact, string>();
const eventOf = (fact: Fact, rows: readonly FactRow[]): string => {
  if (rows !== fact.rows) return textOf(fact, rows);
  const text = wholeTexts.get(fact) ?? textOf(fact, rows);
  wholeTexts.set(fact, text);
  return text;
};

/** Facts for one client, as server-sent events. It reads ahead of the client by one batch at most. */
class FactFeed implements FactListener, EventBatches {
  readonly #terms: FactFeedTerms;
  readonly #ended = new AbortController();
  #nap: AbortController | undefined;
  #isDue = false;

  constructor(terms: FactFeedTerms) {
    this.#terms = terms;
  }

  wake(): void {
    this.#isDue = true;
    this.#nap?.abort();
  }

  end(): void {
    this.#ended.abort();
    this.wake();
  }

  async *batches(): AsyncGenerator<string> {
    const { hub, onFailure } = this.#terms;
    try {
      yield `retry: ${RECONNECT_MS}\n\n`;
      yield* this.#facts(await hub.join(this));
    } catch (error) {
      onFailure(error);
    } finally {
      hub.leave(this);
    }
  }

  async *#facts(joinedAt: Position): AsyncGenerator<string> {
    const { hub, mayGoOn, after = joinedAt } = this.#terms;
    let last = after;
    let isQuiet = false;
    for (;;) {
      this.#isDue = false;
      if (this.#ended.signal.aborted) return;
      const { facts, position, isEnd } = await hub.read(last);
      const text = this.#textOf(facts);
      last = position;
      if (text !== '' || !isQuiet) {
        if (!(await mayGoOn())) return;
        // An id alone is a heartbeat, and moves the place from which the client goes on.
        yield `${text}id: ${last}\n\n`;
      }
      isQuiet = isEnd && (await this.#rest());
    }
  }

  #textOf(facts: readonly Fact[]): string {
    const { of, kinds } = this.#terms;
    let text = '';
    for (const fact of facts) {
      const rows = kinds === null || kinds.has(fact.kind) ? rowsFor(of, fact) : [];
      if (rows.length > 0) text += eventOf(fact, rows);
    }
    return text;
  }

  /** True: there is something new, so that no heartbeat is due. */
  async #rest(): Promise<boolean> {
    if (this.#isDue) return true;
    this.#nap = new AbortController();
    await this.#terms.clock.after(HEARTBEAT_MS, this.#nap.signal);
    return this.#isDue;
  }
}

/** The body of an answer that ends when the account may read no more, the server stops, or the client is gone. */
export const openFactFeed = (terms: FactFeedTerms): Readable => openEventStream(new FactFeed(terms), terms.clock);
