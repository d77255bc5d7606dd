import type { DomainEvent } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import type { EventStore, Position } from '../../ports/event-store.js';
import type { ProjectionLag, ProjectionProgress } from '../../ports/projection-progress.js';
import type { Generation, ReadModelStore } from '../../ports/read-models.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import { lagOf } from './lag.js';
import { PositionWaiters } from './position-waiters.js';

export interface StoredProgressServices {
  readonly store: EventStore<DomainEvent>;
  readonly readModels: ReadModelStore;
  readonly projections: readonly ProjectionDefinition[];
  readonly clock: Clock;
}

/** Where nobody tells of changes: 20 times a second, for all that wait together. */
const LOOK_AGAIN_MS = 50;
/** Listening goes on for so long after the last one who waited. */
const LINGER_MS = 30_000;

const generationOf = ({ name, version }: ProjectionDefinition, generations: readonly Generation[]): Generation | undefined => {
  const own = generations.filter(({ projection }) => projection === name);
  return own.find((generation) => generation.state === 'serving' && generation.version === version) ?? own.at(-1);
};

/** Progress as another process has written it down: for a process that does not project itself. */
export class StoredProjectionProgress implements ProjectionProgress {
  readonly #services: StoredProgressServices;
  readonly #waiters: PositionWaiters;
  readonly #stop = new AbortController();
  #lastWait = 0;
  #following: Promise<void> | undefined;

  constructor(services: StoredProgressServices) {
    this.#services = services;
    this.#waiters = new PositionWaiters(services.clock);
  }

  async waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    // Read models that can't be read now are not level: the command that waits has succeeded all the same.
    const level = await this.#level().catch(() => undefined);
    if (level !== undefined && level >= position) return true;
    if (this.#stop.signal.aborted || timeoutMs <= 0) return false;
    const waiting = this.#waiters.wait(position, timeoutMs);
    this.#lastWait = this.#services.clock.now().getTime();
    // What was told between the first look and now has met nobody who waits.
    if (this.#following !== undefined) void this.#look().catch(() => undefined);
    this.#following ??= this.#follow().finally(() => {
      this.#following = undefined;
    });
    return waiting;
  }

  /** Who waits is told that it is over. */
  stop(): void {
    this.#stop.abort();
    this.#waiters.giveUp();
  }

  async lag(): Promise<readonly ProjectionLag[]> {
    const { projections, readModels } = this.#services;
    const generations = await readModels.generations();
    const standings = projections.map((definition) => ({
      projection: definition.name,
      checkpoint: generationOf(definition, generations)?.checkpoint ?? 0n,
      failure: null,
    }));
    return lagOf(this.#services, standings);
  }

  async #follow(): Promise<void> {
    const { clock } = this.#services;
    while (!this.#waiters.isEmpty) {
      await this.#listen().catch(() => undefined);
      if (!this.#waiters.isEmpty) await clock.until(new Date(clock.now().getTime() + LOOK_AGAIN_MS), this.#stop.signal);
    }
  }

  /** Looks as often as it is told that there is something new; once where nobody tells. */
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
    const level = await this.#level();
    if (level !== undefined) this.#waiters.pass(level, true);
  }

  /** What every projection has passed; undefined while one of them does not serve. */
  async #level(): Promise<Position | undefined> {
    const generations = await this.#services.readModels.generations();
    let level: Position | undefined;
    for (const definition of this.#services.projections) {
      const generation = generationOf(definition, generations);
      if (generation?.state !== 'serving' || generation.version !== definition.version) return undefined;
      if (level === undefined || generation.checkpoint < level) level = generation.checkpoint;
    }
    return level;
  }
}
