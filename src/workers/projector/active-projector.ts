import type { DomainEvent } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import type { Position, SubscriptionBatch } from '../../ports/event-store.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import { Mutex } from './mutex.js';
import type { ProjectionRun } from './projection-run.js';
import { giveUpRebuild, isToStop, reportRebuilds, watchRebuildRequests } from './rebuild-requests.js';
import { reconcile } from './reconcile.js';
import { RunBoard } from './run-board.js';
import { LevelRuns } from './level-runs.js';
import { LoneGroup, OwnGroup } from './own-group.js';
import type { RunGroup, RunGroupServices, Turn } from './run-group.js';

export interface ActiveProjectorServices extends Omit<RunGroupServices, 'batchSize'> {
  /** Absent: small while something serves, big until then. */
  readonly batchSize: number | undefined;
  readonly projections: readonly ProjectionDefinition[];
  readonly clock: Clock;
  readonly onFailure: (projection: string, reason: string) => void;
  /** Called when a group has reached the position; without one when the readable projections changed. */
  readonly onProgress: (reached?: Position) => void;
}

/** Nothing may be written any more: another projector may have the lease. */
class Stopped extends Error {}

/** Before the first build is done no request waits, so bigger batches are cheaper. */
const FIRST_BUILD_BATCH = 10_000;
const SERVING_BATCH = 1_000;

/**
 * The work of the one projector that holds the lease. Level projections go on together; a projection that catches up or is being
 * built has a group of its own and joins them, between two batches, as soon as it is level.
 */
export class ActiveProjector {
  readonly board: RunBoard;
  readonly #services: ActiveProjectorServices;
  readonly #mutex = new Mutex();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #level: LevelRuns;
  readonly #tasks = new Set<Promise<void>>();
  #error: unknown;

  constructor(services: ActiveProjectorServices, signal: AbortSignal) {
    this.#services = services;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
    this.#level = new LevelRuns(this.#groupServices(SERVING_BATCH), services.clock, {
      signal: this.#signal,
      take: (group, batch) => this.#turn(() => this.#project(group, batch, (task) => task())),
      spawn: (task) => this.#spawn(task),
    });
    this.board = new RunBoard(services.projections);
  }

  async begin(): Promise<void> {
    const { readModels, projections, clock } = this.#services;
    const { serving, building } = await reconcile(readModels, projections, clock.now());
    this.board.serve(serving);
    this.board.build(building);
    const sound = serving.filter(({ generation }) => generation.failure === null && generation.fanOut === null);
    const front = sound.reduce<Position>((most, { position }) => (position > most ? position : most), 0n);
    const level = sound.filter(({ position }) => position === front);
    await this.#level.join(level, front);
    const behind = [...serving.filter((run) => !level.includes(run)), ...building];
    const together = behind.filter(({ generation }) => generation.fanOut === null);
    if (together.length > 0) this.#catchUp(together);
    for (const run of behind.filter(({ generation }) => generation.fanOut !== null)) this.#catchUp([run]);
    const startRebuild = (run: ProjectionRun): void => {
      this.board.build([run]);
      this.#catchUp([run]);
    };
    this.#spawn(watchRebuildRequests(this.#services, (projection) => this.board.building(projection), startRebuild, this.#signal));
  }

  /** Ends when the signal aborts or on an error; the caller retries. */
  async work(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
    if (this.#error !== undefined) throw this.#error;
  }

  /** Somebody waits for these projections to pass the position. */
  hurry(position: Position, projections: readonly string[]): void {
    this.#level.hurry(position, projections);
  }

  #spawn(task: Promise<void>): void {
    const tracked: Promise<void> = task
      .catch((error: unknown) => {
        if (!(error instanceof Stopped)) this.#error ??= error;
        this.#stop.abort();
      })
      .finally(() => this.#tasks.delete(tracked));
    this.#tasks.add(tracked);
  }

  #groupServices(batchSize: number): RunGroupServices {
    return { ...this.#services, batchSize: this.#services.batchSize ?? batchSize };
  }

  /** One write at a time, and none after the lease is given back. */
  readonly #turn: Turn = (task) =>
    this.#mutex.run(() => {
      if (this.#signal.aborted) throw new Stopped();
      return task();
    });

  async #project(group: RunGroup, batch: SubscriptionBatch<DomainEvent>, turn: Turn): Promise<void> {
    const { failed, fanningOut } = await group.project(batch, turn);
    this.#services.onProgress(group.position);
    for (const run of fanningOut) this.#catchUp([run]);
    for (const run of failed) await turn(() => this.#failed(run));
  }

  #catchUp(runs: readonly ProjectionRun[]): void {
    const services = this.#groupServices(this.#level.isRunning ? SERVING_BATCH : FIRST_BUILD_BATCH);
    const [run] = runs;
    const group = run !== undefined && runs.length === 1 ? new LoneGroup(services, run) : new OwnGroup(services, runs);
    const take = async (batch: SubscriptionBatch<DomainEvent>): Promise<void> => {
      await this.#project(group, batch, this.#turn);
      await this.#turn(async () => {
        await this.#stopAsked(group);
        if (batch.live && (await this.#level.isReachedBy(group))) await this.#arrive(group);
        else await reportRebuilds(this.#services, group, 'running');
      });
    };
    this.#spawn(group.follow(take, this.#signal));
  }

  /** Where nothing serves beside it, a copy that is built is needed: it goes on. */
  async #stopAsked(group: RunGroup): Promise<void> {
    for (const run of group.runs) {
      const { rebuild, definition } = run;
      if (rebuild === null || !this.board.serves(definition.name) || !(await isToStop(this.#services, rebuild))) continue;
      group.runs = group.runs.filter((other) => other !== run);
      this.board.giveUp(run);
      await giveUpRebuild(this.#services, rebuild, run, 'stopped');
    }
  }

  async #arrive(group: RunGroup): Promise<void> {
    const arrived = group.runs;
    if (arrived.length === 0) return;
    for (const run of arrived) await this.#makeServe(run);
    await reportRebuilds(this.#services, group, 'done');
    group.runs = [];
    await this.#level.join(arrived, group.position);
    this.board.serve(arrived);
    this.#services.onProgress(group.position);
  }

  async #makeServe(run: ProjectionRun): Promise<void> {
    const { readModels } = this.#services;
    if (run.generation.failure !== null) await readModels.recordFailure(run.generation, null);
    if (run.generation.state === 'building') await readModels.activate(run.generation);
    run.generation = { ...run.generation, state: 'serving', failure: null };
  }

  async #failed(run: ProjectionRun): Promise<void> {
    const { clock, onFailure, onProgress, readModels } = this.#services;
    const { definition, generation, rebuild } = run;
    const reason = run.failure ?? 'unknown';
    onFailure(definition.name, reason);
    if (rebuild !== null) {
      this.board.giveUp(run);
      return giveUpRebuild(this.#services, rebuild, run);
    }
    const failure = { reason, since: generation.failure?.since ?? clock.now().toISOString() };
    run.generation = { ...generation, failure };
    this.board.refresh();
    onProgress();
    await readModels.recordFailure(run.generation, failure);
  }
}
