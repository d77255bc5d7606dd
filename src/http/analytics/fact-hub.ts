import { FACT_CATEGORIES, type Fact } from '../../commands/analytics/fact.js';
import { factOf, factsAfter, type FactPage } from '../../commands/analytics/facts.js';
import { FactSources } from '../../commands/analytics/fact-sources.js';
import type { Position } from '../../ports/event-store.js';
import { retrying } from '../../primitives/retrying.js';
import type { HttpServices } from '../http-services.js';

export interface FactListener {
  /** There are new facts, perhaps none for this one. */
  wake(): void;
  /** The server stops. */
  end(): void;
}

interface Following {
  readonly abort: AbortController;
  /** It is known from where. */
  readonly begun: Promise<void>;
}

type Services = Pick<HttpServices, 'store'> & { readonly commands: Pick<HttpServices['commands'], 'clock'> };

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
/** Shared by all readers of the process; at most twice as many. */
const FACTS_KEPT = 1_000;
const FACTS_AT_ONCE = 50;
/** Of the log, for a reader that is further behind than what is kept. */
const EVENTS_AT_ONCE = 200;

/** Follows the log once for all feeds of facts of a process, and keeps the newest. Who is behind these reads the log at its own pace. */
export class FactHub {
  readonly #services: Services;
  readonly #sources: FactSources;
  readonly #onFailure: (error: unknown) => void;
  readonly #listeners = new Set<FactListener>();
  #isStopped = false;
  #kept: Fact[] = [];
  /** All facts after it, up to what was seen, are kept. */
  #keptAfter: Position = 0n;
  #seen: Position = 0n;
  #following: Following | undefined;

  /** `onFailure`: told of each failure; it goes on by itself. */
  constructor(services: Services, onFailure: (error: unknown) => void) {
    this.#services = services;
    this.#sources = new FactSources(services.store);
    this.#onFailure = onFailure;
  }

  /** Gives the position from which the listener is woken. */
  async join(listener: FactListener): Promise<Position> {
    this.#listeners.add(listener);
    if (this.#isStopped) listener.end();
    this.#following ??= this.#begin();
    await this.#following.begun;
    return this.#seen;
  }

  leave(listener: FactListener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) this.#end();
  }

  stop(): void {
    this.#isStopped = true;
    this.#following?.abort.abort();
    for (const listener of this.#listeners) listener.end();
  }

  /** The next facts after a position. */
  async read(after: Position): Promise<FactPage> {
    if (this.#following === undefined || after < this.#keptAfter) return factsAfter(this.#services.store, this.#sources, after, EVENTS_AT_ONCE);
    const first = this.#kept.findLastIndex(({ position }) => position <= after) + 1;
    const facts = this.#kept.slice(first, first + FACTS_AT_ONCE);
    const isEnd = first + facts.length === this.#kept.length;
    // Facts of a batch that is being read are beyond what was seen.
    const newest = facts.at(-1)?.position ?? after;
    return { facts, position: isEnd && this.#seen > newest ? this.#seen : newest, isEnd };
  }

  #end(): void {
    this.#following?.abort.abort();
    this.#following = undefined;
    this.#kept = [];
  }

  #begin(): Following {
    const abort = new AbortController();
    return { abort, begun: this.#beginAtHead(abort.signal) };
  }

  async #beginAtHead(signal: AbortSignal): Promise<void> {
    const { store, commands } = this.#services;
    const head = await store.head();
    if (signal.aborted) return;
    this.#keptAfter = head;
    this.#seen = head;
    const retries = { clock: commands.clock, signal, firstMs: FIRST_RETRY_MS, longestMs: LONGEST_RETRY_MS, onFailure: this.#onFailure };
    void retrying(retries, (progressed) => this.#follow(signal, progressed));
  }

  async #follow(signal: AbortSignal, progressed: () => void): Promise<void> {
    for await (const { events, position } of this.#services.store.subscribe({ after: this.#seen, categories: FACT_CATEGORIES, signal })) {
      for (const event of events) {
        const fact = await factOf(event, this.#sources);
        if (signal.aborted) return;
        if (fact !== undefined) this.#keep(fact);
      }
      this.#seen = position;
      progressed();
      if (events.length > 0) for (const listener of this.#listeners) listener.wake();
    }
  }

  #keep(fact: Fact): void {
    // A batch that failed half-way is read again.
    if (fact.position <= (this.#kept.at(-1)?.position ?? this.#keptAfter)) return;
    this.#kept.push(fact);
    if (this.#kept.length < 2 * FACTS_KEPT) return;
    this.#kept = this.#kept.slice(-FACTS_KEPT);
    const [oldest] = this.#kept;
    if (oldest !== undefined) this.#keptAfter = oldest.position - 1n;
  }
}
