import type { DomainEvent } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import type { EventStore, Position } from '../../ports/event-store.js';
import type { ProjectionLag, ProjectionProgress, UnavailableProjection } from '../../ports/projection-progress.js';
import type { ReadModelStore } from '../../ports/read-model-store.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import { lagOf } from './lag.js';
import { PositionWaiters } from './position-waiters.js';
import { standingOf, unavailableAmong, type Standing } from './standing.js';

export interface StoredProgressServices {
  readonly store: EventStore<DomainEvent>;
  readonly readModels: ReadModelStore;
  readonly projections: readonly ProjectionDefinition[];
  readonly clock: Clock;
}

/** Poll interval when the store has no change stream: 20 times a second, for all that wait together. */
const LOOK_AGAIN_MS = 50;
/** How long to listen after the last waiter. */
const LINGER_MS = 30_000;

/** How long a look at unavailable projections stays valid. */
const TRUSTED_MS = 1_000;

type Standings = ReadonlyMap<string, Standing>;

const hasPassed = (standings: Standings, position: Position, projections: readonly string[]): boolean | undefined => {
  const named = projections.map((projection) => standings.get(projection));
  if (named.some((standing) => standing?.unavailable?.state === 'failed')) return false;
  const passed = named.every((standing) => standing?.unavailable === null && standing.checkpoint >= position);
  return passed ? true : undefined;
};

/** Progress as another process has recorded it, for a process that does not project. */
export class StoredProjectionProgress implements ProjectionProgress {
  readonly #services: StoredProgressServices;
  readonly #waiters: PositionWaiters;
  readonly #stop = new AbortController();
  #lastWait = 0;
  #following: Promise<void> | undefined;
  #unavailable: ReadonlyMap<string, UnavailableProjection> = new Map();
  #trustedUntil = -Infinity;
  #asking: Promise<void> | undefined;

  constructor(services: StoredProgressServices) {
    this.#services = services;
    this.#waiters = new PositionWaiters(services.clock);
  }

  async waitFor(position: Position, timeoutMs: number, projections: readonly string[]): Promise<boolean> {
    // Read models that can't be read count as not level: the command of the waiting caller has succeeded.
    const standings = await this.#standings().catch(() => undefined);
    const passed = standings && hasPassed(standings, position, projections);
    if (passed !== undefined) return passed;
    if (this.#stop.signal.aborted || timeoutMs <= 0) return false;
    const waiting = this.#waiters.wait(position, timeoutMs, projections);
    this.#lastWait = this.#services.clock.now().getTime();
    // A change may have come between the first look and now, while there was no waiter.
    if (this.#following !== undefined) void this.#look().catch(() => undefined);
    this.#following ??= this.#follow().finally(() => {
      this.#following = undefined;
    });
    return waiting;
  }

  async reached(projections: readonly string[]): Promise<Position> {
    const standings = await this.#standings();
    const positions = projections.map((projection) => standings.get(projection)?.checkpoint ?? 0n);
    return positions.reduce((least, position) => (position < least ? position : least));
  }

  unavailable(projections: readonly string[]): readonly UnavailableProjection[] | Promise<readonly UnavailableProjection[]> {
    if (this.#services.clock.now().getTime() < this.#trustedUntil) return unavailableAmong(this.#unavailable, projections);
    this.#asking ??= this.#ask();
    return this.#asking.then(() => unavailableAmong(this.#unavailable, projections));
  }

  stop(): void {
    this.#stop.abort();
    this.#waiters.giveUp();
  }

  async lag(): Promise<readonly ProjectionLag[]> {
    const standings = await this.#standings();
    return lagOf(this.#services, [...standings].map(([projection, standing]) => ({ projection, ...standing })));
  }

  async #follow(): Promise<void> {
    const { clock } = this.#services;
    while (!this.#waiters.isEmpty) {
      await this.#listen().catch(() => undefined);
      if (!this.#waiters.isEmpty) await clock.after(LOOK_AGAIN_MS, this.#stop.signal);
    }
  }

  /** Looks after each change in the store; once where the store has no changes. */
  async #listen(): Promise<void> {
    const { clock, readModels } = this.#services;
    const idle = new AbortController();
    const signal = AbortSignal.any([idle.signal, this.#stop.signal]);
    for await (const _change of readModels.changes?.(signal) ?? [undefined]) {
      await this.#look();
      if (this.#waiters.isEmpty && clock.now().getTime() - this.#lastWait > LINGER_MS) idle.abort();
    }
  }

  async #look(): Promise<void> {
    const standings = await this.#standings();
    this.#waiters.release((position, projections) => hasPassed(standings, position, projections));
  }

  /** Earlier knowledge stays while the store does not answer: reading from it fails anyway. */
  async #ask(): Promise<void> {
    await this.#standings().catch(() => this.#trust());
    this.#asking = undefined;
  }

  #trust(): void {
    this.#trustedUntil = this.#services.clock.now().getTime() + TRUSTED_MS;
  }

  async #standings(): Promise<Standings> {
    const { clock, projections, readModels } = this.#services;
    const now = clock.now().toISOString();
    const generations = await readModels.generations();
    const standings = new Map(
      projections.map((definition) => [definition.name, standingOf(definition, generations, this.#unavailable.get(definition.name)?.since ?? now)]),
    );
    this.#unavailable = new Map([...standings].flatMap(([name, { unavailable }]) => (unavailable === null ? [] : [[name, unavailable] as const])));
    this.#trust();
    return standings;
  }
}
