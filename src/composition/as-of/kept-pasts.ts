import { rm } from 'node:fs/promises';
import { systemClock } from '../../adapters/embedded/system-clock.js';
import type { DomainEvent } from '../../domain/events.js';
import { Problem } from '../../http/shared/problem.js';
import type { Clock } from '../../ports/clock.js';
import type { EventStore, Position } from '../../ports/event-store.js';
import type { ReadModels } from '../../ports/read-models.js';
import { newestErasure } from '../../projections/erasures/queries.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import { erasuresSince } from './erasures.js';
import { Past } from './past.js';
import { buildPart } from './past-part.js';

export interface KeptPastsOptions {
  readonly store: EventStore<DomainEvent>;
  /** Of the present: they say what was erased. */
  readonly readModels: ReadModels;
  /** Up to where they say so. Absent: they are asked each time. */
  readonly erasuresReached?: () => Position | Promise<Position>;
  readonly projections: readonly ProjectionDefinition[];
  /** Emptied at the start and the end. */
  readonly folder: string;
  /** Default: that of the machine, whatever time the log is looked at. */
  readonly clock?: Clock;
  /** Makes read models of a moment (default: by replaying the log). */
  readonly build?: typeof buildPart;
}

/** Moments whose read models are kept, at most. */
export const MOST_KEPT = 3;
const KEPT_MS = 600_000;
const SWEEP_MS = 60_000;
/** Moments that are waited for, by all callers and by one: they are made one after another. */
const MOST_WAITING = 16;
const MOST_OF_A_CALLER = 3;
/** Of so few events all read models are made at once: to open one store takes longer than to fill it. */
const SHORT = 5_000n;

const retriedLater = (problem: Problem): Problem => {
  problem.headers['retry-after'] = '60';
  return problem;
};

const busy = (): Problem => retriedLater(new Problem(503, 'as-of-busy', 'Many moments are being looked at. Try again in a minute.'));

const tooMany = (): Problem => retriedLater(new Problem(429, 'as-of-too-many', `Wait for the other moments that you asked for: ${MOST_OF_A_CALLER} at a time.`));

/** The read models of a few moments. They are made one after another, when they are asked for, and kept for ten minutes after the last use. */
export class KeptPasts {
  readonly #options: KeptPastsOptions;
  readonly #pasts = new Map<Position, Past>();
  readonly #stop = new AbortController();
  readonly #closings = new Set<Promise<void>>();
  /** Who waits for which moment, as often as they asked. */
  readonly #waiting = new Map<Position, Map<string, number>>();
  readonly #clock: Clock;
  #newest: { readonly reached: Position; readonly id: string | null } | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #sweeping: Promise<void> | undefined;
  #emptied: Promise<void>;

  constructor(options: KeptPastsOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#emptied = rm(options.folder, { recursive: true, force: true });
  }

  /** What was erased since it was made is erased from it, too: then it is made again. Let it go when it is not needed any more. */
  async take(position: Position): Promise<Past> {
    await this.#emptied;
    const { readModels, store } = this.#options;
    const erasedUpTo = await this.#newestErasure();
    let past = this.#pasts.get(position);
    if (past !== undefined && past.erasedUpTo !== erasedUpTo) {
      this.#forget(past);
      past = undefined;
    }
    if (past === undefined) {
      const later = await erasuresSince(store, readModels, position);
      // Another request may have been faster.
      past = this.#pasts.get(position) ?? new Past(position, erasedUpTo, later);
      this.#pasts.set(position, past);
    }
    past.take(this.#clock.now());
    this.#sweeping ??= this.#sweep();
    return past;
  }

  /** Whether there is such a read model. */
  makes(name: string): boolean {
    return this.#options.projections.some((projection) => projection.name === name);
  }

  /** Whoever took it is done. */
  letGo(past: Past): void {
    past.letGo();
    // Nothing was made of it: there is nothing to keep.
    if (past.isIdle && !past.isBuilt) this.#forget(past);
  }

  /** Resolves when it has these read models; rejects with a 503 where too many others wait, and with a 429 where the caller waits for too many. */
  async complete(past: Past, reads: readonly string[], caller: string): Promise<void> {
    if (!past.missing(reads).some((name) => this.makes(name))) return;
    this.#wait(past.position, caller);
    past.take(this.#clock.now());
    const made = this.#tail.then(() => this.#make(past, reads));
    this.#tail = made.catch(() => undefined);
    try {
      await made;
    } finally {
      this.#waitNoMore(past.position, caller);
      this.letGo(past);
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#tail;
    await this.#sweeping;
    for (const past of this.#pasts.values()) this.#forget(past);
    await Promise.all(this.#closings);
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  async #newestErasure(): Promise<string | null> {
    const { readModels, erasuresReached } = this.#options;
    const reached = await erasuresReached?.();
    if (reached !== undefined && this.#newest?.reached === reached) return this.#newest.id;
    const id = (await newestErasure(readModels))?.id ?? null;
    this.#newest = reached === undefined ? undefined : { reached, id };
    return id;
  }

  #wait(position: Position, caller: string): void {
    const callers = this.#waiting.get(position) ?? new Map<string, number>();
    const others = [...this.#waiting].filter(([other]) => other !== position);
    if (others.filter(([, waiting]) => waiting.has(caller)).length >= MOST_OF_A_CALLER) throw tooMany();
    if (others.length >= MOST_WAITING) throw busy();
    this.#waiting.set(position, callers.set(caller, (callers.get(caller) ?? 0) + 1));
  }

  #waitNoMore(position: Position, caller: string): void {
    const callers = this.#waiting.get(position);
    const left = (callers?.get(caller) ?? 0) - 1;
    if (left > 0) callers?.set(caller, left);
    else callers?.delete(caller);
    if (callers?.size === 0) this.#waiting.delete(position);
  }

  async #make(past: Past, reads: readonly string[]): Promise<void> {
    // Whoever was before may have made them.
    if (!past.missing(reads).some((name) => this.makes(name))) return;
    const all = this.#options.projections.map(({ name }) => name);
    const missing = past.missing(past.position <= SHORT && this.#options.store.scale.unit === 'events' ? all : reads);
    const projections = this.#options.projections.filter(({ name }) => missing.includes(name));
    this.#makeRoom(past);
    const { store, folder } = this.#options;
    const onProgress = (share: number): void => void (past.share = share);
    past.add(await (this.#options.build ?? buildPart)({ store, end: past.position, later: past.later, projections, folder, signal: this.#stop.signal, onProgress }));
  }

  #makeRoom(past: Past): void {
    const others = [...this.#pasts.values()].filter((other) => other !== past && other.isBuilt);
    const longestUnused = others.sort((one, other) => one.usedAt - other.usedAt);
    for (const other of longestUnused.slice(0, Math.max(0, others.length - MOST_KEPT + 1))) this.#forget(other);
  }

  #forget(past: Past): void {
    if (this.#pasts.get(past.position) === past) this.#pasts.delete(past.position);
    const closing: Promise<void> = past.end().finally(() => this.#closings.delete(closing));
    this.#closings.add(closing);
  }

  async #sweep(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.#clock.after(SWEEP_MS, signal);
      const old = this.#clock.now().getTime() - KEPT_MS;
      for (const past of this.#pasts.values()) if (past.isIdle && past.usedAt < old) this.#forget(past);
    }
  }
}
