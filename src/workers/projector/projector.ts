import { randomUUID } from 'node:crypto';
import type { Position } from '../../ports/event-store.js';
import type { ProjectionLag, ProjectionProgress, UnavailableProjection } from '../../ports/projection-progress.js';
import { retrying } from '../../primitives/retrying.js';
import { assertSound } from '../../projections/kernel/stored-collections.js';
import { lagOf } from './lag.js';
import { PositionWaiters } from './position-waiters.js';
import { StoredProjectionProgress, type StoredProgressServices } from './stored-progress.js';
import { ActiveProjector } from './active-projector.js';

export interface ProjectorServices extends StoredProgressServices {
  /** The most events in one commit (default 1,000 while something serves, 10,000 until then). */
  readonly batchSize?: number;
  /** Called when a projection stopped at an event that it can't apply. */
  readonly onFailure?: (projection: string, reason: string) => void;
  /** Called when the log or the read models failed, before the next attempt. */
  readonly onError?: (error: unknown, retryInMs: number) => void;
}

/** Short enough that a killed owner is replaced within 10 s. */
const LEASE_MS = 8_000;
const RENEW_MS = 2_000;
const STAND_BY_MS = 500;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

/** Keeps all projections level with the log. Of several on one set of read models one works, the others stand by. */
export class Projector implements ProjectionProgress {
  readonly #services: ProjectorServices;
  readonly #holder = randomUUID();
  readonly #waiters: PositionWaiters;
  readonly #stored: StoredProjectionProgress;
  readonly #stop = new AbortController();
  #active: ActiveProjector | undefined;
  #running: Promise<void> = Promise.resolve();
  /** Makes the next pause after a failure as short as the first. */
  #recovered: () => void = () => undefined;

  constructor(services: ProjectorServices) {
    services.projections.forEach(assertSound);
    this.#services = services;
    this.#waiters = new PositionWaiters(services.clock);
    this.#stored = new StoredProjectionProgress(services);
  }

  /** Resolves once it works, or knows that another one does. Runs until it is stopped or the signal aborts. */
  async start(signal?: AbortSignal): Promise<void> {
    signal?.addEventListener('abort', () => this.#stop.abort(), { signal: this.#stop.signal });
    if (signal?.aborted === true) this.#stop.abort();
    await new Promise<void>((resolve) => {
      this.#running = this.#run(resolve).finally(resolve);
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#stored.stop();
    await this.#running;
    this.#waiters.giveUp();
  }

  async waitFor(position: Position, timeoutMs: number, projections: readonly string[]): Promise<boolean> {
    const active = this.#active;
    if (active === undefined) return this.#stored.waitFor(position, timeoutMs, projections);
    const passed = active.board.hasPassed(position, projections);
    if (passed !== undefined) return passed;
    active.hurry(position, projections);
    return this.#waiters.wait(position, timeoutMs, projections);
  }

  reached(projections: readonly string[]): Position | Promise<Position> {
    return (this.#active?.board ?? this.#stored).reached(projections);
  }

  unavailable(projections: readonly string[]): readonly UnavailableProjection[] | Promise<readonly UnavailableProjection[]> {
    return (this.#active?.board ?? this.#stored).unavailable(projections);
  }

  async lag(): Promise<readonly ProjectionLag[]> {
    const active = this.#active;
    if (active === undefined) return this.#stored.lag();
    const standings = this.#services.projections.map(({ name }) => ({
      projection: name,
      checkpoint: active.board.run(name)?.position ?? 0n,
      unavailable: active.board.unavailable([name])[0] ?? null,
    }));
    return lagOf(this.#services, standings);
  }

  async #run(begun: () => void): Promise<void> {
    const { clock, readModels, onError } = this.#services;
    const { signal } = this.#stop;
    const project = async (progressed: () => void): Promise<void> => {
      this.#recovered = progressed;
      const fence = await readModels.lease(this.#holder, clock.now(), LEASE_MS);
      if (fence !== undefined) return this.#hold(fence, begun);
      begun();
      await clock.after(STAND_BY_MS, signal);
    };
    const onFailure = (error: unknown, retryInMs: number): void => {
      begun();
      onError?.(error, retryInMs);
    };
    const retries = { clock, signal, firstMs: FIRST_RETRY_MS, longestMs: LONGEST_RETRY_MS, onFailure };
    while (!signal.aborted) await retrying(retries, project);
  }

  async #hold(fence: bigint, begun: () => void): Promise<void> {
    const { batchSize, onFailure = () => undefined, ...services } = this.#services;
    const ended = new AbortController();
    const onProgress = (reached?: Position): void => this.#progressed(reached);
    const active = new ActiveProjector(
      { ...services, readModels: services.readModels.fenced(fence), batchSize, onFailure, onProgress },
      AbortSignal.any([this.#stop.signal, ended.signal]),
    );
    const renewal = this.#renew(fence, ended);
    try {
      await active.begin();
      this.#active = active;
      begun();
      await active.work();
    } finally {
      this.#active = undefined;
      ended.abort();
      await renewal;
      await this.#services.readModels.releaseLease(this.#holder);
    }
  }

  // A projector that lost the lease (its machine slept) stops at once: another one may be at work.
  async #renew(fence: bigint, ended: AbortController): Promise<void> {
    const { clock, readModels } = this.#services;
    const signal = AbortSignal.any([this.#stop.signal, ended.signal]);
    for (;;) {
      await clock.after(RENEW_MS, signal);
      if (signal.aborted) return;
      const held = await readModels.lease(this.#holder, clock.now(), LEASE_MS).catch(() => undefined);
      if (held !== fence) ended.abort();
    }
  }

  #progressed(reached: Position | undefined): void {
    this.#recovered();
    const board = this.#active?.board;
    if (board !== undefined) this.#waiters.release((position, projections) => board.hasPassed(position, projections), reached);
  }
}
