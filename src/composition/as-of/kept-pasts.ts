import { rm } from 'node:fs/promises';
import { systemClock } from '../../adapters/embedded/system-clock.js';
import type { DomainEvent } from '../../domain/events.js';
import { Problem } from '../../http/shared/problem.js';
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
  readonly projections: readonly ProjectionDefinition[];
  /** Emptied at the start and the end. */
  readonly folder: string;
}

/** Moments whose read models are kept, at most. */
export const MOST_KEPT = 3;
const KEPT_MS = 600_000;
const SWEEP_MS = 60_000;
const MOST_WAITING = 16;
/** Of so few events all read models are made at once: to open one store takes longer than to fill it. */
const SHORT = 5_000n;

const busy = (): Problem => {
  const problem = new Problem(503, 'as-of-busy', 'Many moments are being looked at. Try again in a minute.');
  problem.headers['retry-after'] = '60';
  return problem;
};

/** The read models of a few moments. They are made one after another, when they are asked for, and kept for ten minutes after the last use. */
export class KeptPasts {
  readonly #options: KeptPastsOptions;
  readonly #pasts = new Map<Position, Past>();
  readonly #stop = new AbortController();
  readonly #closings = new Set<Promise<void>>();
  #waiting = 0;
  #tail: Promise<unknown> = Promise.resolve();
  #sweeping: Promise<void> | undefined;
  #emptied: Promise<void>;

  constructor(options: KeptPastsOptions) {
    this.#options = options;
    this.#emptied = rm(options.folder, { recursive: true, force: true });
  }

  /** What was erased since it was made is erased from it, too: then it is made again. Let it go when it is not needed any more. */
  async take(position: Position): Promise<Past> {
    await this.#emptied;
    const { readModels, store } = this.#options;
    const erasedUpTo = (await newestErasure(readModels))?.id ?? null;
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
    past.take(systemClock.now());
    this.#sweeping ??= this.#sweep();
    return past;
  }

  /** Whether there is such a read model. */
  makes(name: string): boolean {
    return this.#options.projections.some((projection) => projection.name === name);
  }

  /** Resolves when it has these read models; rejects with a 503 where too many others wait. */
  async complete(past: Past, reads: readonly string[]): Promise<void> {
    if (!past.missing(reads).some((name) => this.makes(name))) return;
    if (this.#waiting >= MOST_WAITING) throw busy();
    this.#waiting += 1;
    past.take(systemClock.now());
    const made = this.#tail.then(() => this.#make(past, reads));
    this.#tail = made.catch(() => undefined);
    try {
      await made;
    } finally {
      this.#waiting -= 1;
      past.letGo();
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

  async #make(past: Past, reads: readonly string[]): Promise<void> {
    // Whoever was before may have made them.
    if (!past.missing(reads).some((name) => this.makes(name))) return;
    const all = this.#options.projections.map(({ name }) => name);
    const missing = past.missing(past.position <= SHORT && this.#options.store.scale.unit === 'events' ? all : reads);
    const projections = this.#options.projections.filter(({ name }) => missing.includes(name));
    this.#makeRoom(past);
    const { store, folder } = this.#options;
    const onProgress = (share: number): void => void (past.share = share);
    past.add(await buildPart({ store, end: past.position, later: past.later, projections, folder, signal: this.#stop.signal, onProgress }));
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
      await systemClock.after(SWEEP_MS, signal);
      const old = systemClock.now().getTime() - KEPT_MS;
      for (const past of this.#pasts.values()) if (past.isIdle && past.usedAt < old) this.#forget(past);
    }
  }
}
