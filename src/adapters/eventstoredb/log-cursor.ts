import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AllStreamResolvedEvent, EventStoreDBClient } from '@eventstore/db-client';
import type { Position } from '../../ports/event-store.js';
import { Attempts, type RetryPolicy } from './attempts.js';
import { isOwn, positionOf, type OwnEvent } from './event-mapping.js';
import { HeldEvents } from './held-events.js';
import type { LogHead } from './log-head.js';
import { latest } from './log-position.js';
import { LogSession } from './log-session.js';

/** A tail reads event by event: pages are faster for a reader that is further behind. */
const LONGEST_TAIL = 2_000;
/** How often a silent, live subscription is compared with the head of the log. */
const COMPARE_MS = 5_000;
/** A reader that is behind is given full batches: while events come without such a pause, it waits so long, and holds so many at most. */
const LONGEST_PAUSE_MS = 250;
const FILL_MS = 5_000;
const LARGEST_BATCH = 4_000;
/** Received ahead, at most. */
const HIGH_WATER_MARK = 512;

export interface CursorOptions {
  readonly client: EventStoreDBClient;
  readonly head: LogHead;
  readonly after: Position;
  readonly categories: readonly string[] | undefined;
  readonly batchSize: number;
  readonly policy: RetryPolicy;
  readonly signal: AbortSignal;
  readonly onTrouble: (error: unknown) => void;
}

export interface Stretch {
  readonly events: readonly OwnEvent[];
  readonly position: Position;
  readonly live: boolean;
}

/** A place in $all that only moves forwards, whatever happens to the connection. */
export class LogCursor {
  readonly #options: CursorOptions;
  readonly #attempts: Attempts;
  #position: Position;
  #live = false;
  #session: LogSession | undefined;
  #mode: LogSession['mode'] = 'catch-up';
  #taken = 0;
  readonly #held: HeldEvents;
  readonly #batchSize: number;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: CursorOptions) {
    this.#options = options;
    this.#position = options.after;
    this.#batchSize = Math.min(options.batchSize, LARGEST_BATCH);
    this.#held = new HeldEvents(this.#batchSize);
    this.#attempts = new Attempts(options.policy, options.signal);
  }

  async next(): Promise<Stretch | undefined> {
    const { signal, onTrouble } = this.#options;
    while (!signal.aborted) {
      try {
        await this.#recover();
        this.#session ??= await this.#connect();
        await this.#fill(this.#session);
        const stretch = this.#advance(this.#session);
        if (stretch !== undefined) return stretch;
        await this.#wait(this.#session);
      } catch (error) {
        if (signal.aborted) break;
        this.#disconnect();
        if (this.#failure !== undefined) throw error;
        this.#failure = { error };
        onTrouble(error);
        if (!this.#live) continue;
        this.#live = false;
        return { events: [], position: this.#position, live: false };
      }
    }
    return undefined;
  }

  close(): void {
    this.#disconnect();
  }

  async #recover(): Promise<void> {
    if (this.#failure === undefined) return;
    await this.#attempts.failed(this.#failure.error);
    this.#failure = undefined;
  }

  async #connect(): Promise<LogSession> {
    const { client, categories, signal } = this.#options;
    const head = await this.#options.head.read(this.#attempts.deadlineMs, signal);
    // What no filter leaves out is told of by itself.
    if (this.#position >= head && categories !== undefined) this.#mode = 'tail';
    this.#taken = 0;
    return new LogSession(client, { after: this.#position, head, categories, mode: this.#mode, highWaterMark: Math.min(this.#batchSize, HIGH_WATER_MARK), signal });
  }

  #disconnect(): void {
    this.#session?.close();
    this.#session = undefined;
    this.#held.letGo();
  }

  async #fill(session: LogSession): Promise<void> {
    // Live events come one by one: those of one turn are given together, or each would cost every follower a round and every read model a commit.
    if (session.caughtUp) await nextTurn();
    const until = performance.now() + FILL_MS;
    for (;;) {
      this.#held.take(session);
      const leftMs = until - performance.now();
      if (this.#held.isFull || session.caughtUp || session.ended || leftMs <= 0) return;
      if (await this.#news(session, Math.min(leftMs, LONGEST_PAUSE_MS))) continue;
      // A busy thread makes a pause, too: what has arrived meanwhile is received first.
      await nextTurn();
      if (session.isQuiet) return;
    }
  }

  /** What came before the connection broke is given first: connections that break again and again still bring the reader forwards. */
  async #news(session: LogSession, timeoutMs: number): Promise<boolean> {
    try {
      return await session.news(timeoutMs);
    } catch (error) {
      if (this.#held.isEmpty) throw error;
      return false;
    }
  }

  #advance(session: LogSession): Stretch | undefined {
    const before = this.#position;
    // In the turn in which it is asked whether the session has caught up: what came before that is taken.
    this.#held.take(session);
    const drained = !this.#held.isFull;
    const taken = this.#held.letGo();
    const events = this.#fresh(taken);
    if (drained) this.#position = latest(this.#position, session.seen);
    const live = drained && session.caughtUp;
    this.#change(session, taken.length, live);
    if (this.#position === before && (!live || this.#live)) return undefined;
    this.#live = live;
    return { events, position: this.#position, live };
  }

  /** After a resumption the server may repeat events. */
  #fresh(taken: readonly AllStreamResolvedEvent[]): readonly OwnEvent[] {
    const events: OwnEvent[] = [];
    for (const { event } of taken) {
      if (event === undefined) continue;
      const position = positionOf(event);
      if (position <= this.#position) continue;
      this.#position = position;
      if (isOwn(event)) events.push(event);
    }
    return events;
  }

  #change(session: LogSession, taken: number, live: boolean): void {
    this.#taken += taken;
    if (taken > 0 || live) this.#attempts.progressed();
    if (live) this.#taken = 0;
    if (this.#options.categories === undefined) return;
    const isTail = session.mode === 'tail';
    if (isTail ? !session.fellBehind && this.#taken <= LONGEST_TAIL : !live) return;
    this.#mode = isTail ? 'catch-up' : 'tail';
    this.#disconnect();
  }

  async #wait(session: LogSession | undefined): Promise<void> {
    if (session === undefined) return;
    if (session.ended) throw new Error('the server ended the subscription');
    if (await session.news(COMPARE_MS)) return;
    if (!session.caughtUp) return;
    const head = await this.#options.head.read(this.#attempts.deadlineMs, this.#options.signal);
    // The server skipped events that the filter leaves out without saying so: a new session begins behind them.
    if (head > this.#position && session.isQuiet) throw new Error('the subscription was behind the log');
  }
}
