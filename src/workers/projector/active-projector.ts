import type { DomainEvent } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import type { Position, SubscriptionBatch } from '../../ports/event-store.js';
import type { Rebuild } from '../../ports/read-models.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import type { ProjectionRun } from './projection-run.js';
import { FeedGroup, type FeedGroupServices } from './feed-group.js';
import { newRun, reconcile } from './reconcile.js';
import { Mutex } from './mutex.js';

export interface ActiveProjectorServices extends Omit<FeedGroupServices, 'batchSize'> {
  /** At most; absent: small while something serves, big until then. */
  readonly batchSize: number | undefined;
  readonly projections: readonly ProjectionDefinition[];
  readonly clock: Clock;
  readonly onFailure: (projection: string, reason: string) => void;
  /** The serving read models have come this far. */
  readonly onProgress: () => void;
}

const LOOK_FOR_REQUESTS_MS = 250;
/** As long as nothing serves nobody waits between two batches, and big ones cost less per event. */
const FIRST_BUILD_BATCH = 10_000;
const SERVING_BATCH = 1_000;

/**
 * The work of the one projector that holds the lease. Level projections share the main lane; what has to catch up or
 * is being built has a lane of its own and joins the main one, between two of its batches, as soon as it is level.
 */
export class ActiveProjector {
  readonly #services: ActiveProjectorServices;
  readonly #turnstile = new Mutex();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #main: FeedGroup;
  readonly #tasks = new Set<Promise<void>>();
  readonly #serving = new Map<string, ProjectionRun>();
  readonly #building = new Map<string, ProjectionRun>();
  #error: unknown;
  #mainRuns = false;

  constructor(services: ActiveProjectorServices, signal: AbortSignal) {
    this.#services = services;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
    this.#main = new FeedGroup(this.#laneServices(SERVING_BATCH), []);
  }

  /** Where the main lane stands; undefined as long as nothing serves. */
  get position(): Position | undefined {
    return this.#mainRuns ? this.#main.position : undefined;
  }

  /** Every projection is fed by the main lane. */
  get complete(): boolean {
    return this.#services.projections.every(({ name }) => {
      const feed = this.#serving.get(name);
      return feed !== undefined && feed.failure === null && this.#main.feeds.includes(feed);
    });
  }

  /** The feed that tells how far a projection is. */
  feed(projection: string): ProjectionRun | undefined {
    return this.#serving.get(projection) ?? this.#building.get(projection);
  }

  failure(projection: string): string | null {
    return this.#serving.get(projection)?.failure ?? this.#building.get(projection)?.failure ?? null;
  }

  async begin(): Promise<void> {
    const { serving, building } = await reconcile(this.#services.readModels, this.#services.projections);
    for (const feed of serving) this.#serving.set(feed.definition.name, feed);
    for (const feed of building) this.#building.set(feed.definition.name, feed);
    const front = serving.reduce<Position>((most, { generation: { checkpoint } }) => (checkpoint > most ? checkpoint : most), 0n);
    const level = serving.filter(({ generation }) => generation.checkpoint === front);
    if (level.length > 0) this.#join(level, front);
    const behind = [...serving.filter((feed) => !level.includes(feed)), ...building];
    if (behind.length > 0) this.#catchUp(behind);
    this.#spawn(this.#watchRequests());
  }

  /** Until the signal aborts or something fails that a new beginning may mend. */
  async work(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
    if (this.#error !== undefined) throw this.#error;
  }

  #spawn(task: Promise<void>): void {
    const tracked: Promise<void> = task
      .catch((error: unknown) => {
        this.#error ??= error;
        this.#stop.abort();
      })
      .finally(() => this.#tasks.delete(tracked));
    this.#tasks.add(tracked);
  }

  /** Into the main lane; within the turnstile or before it turns. */
  #join(feeds: readonly ProjectionRun[], position: Position): void {
    const replaced = new Set(feeds.map(({ definition }) => definition.name));
    this.#main.feeds = [...this.#main.feeds.filter(({ definition }) => !replaced.has(definition.name)), ...feeds];
    for (const feed of feeds) {
      this.#serving.set(feed.definition.name, feed);
      this.#building.delete(feed.definition.name);
    }
    if (this.#mainRuns) return;
    this.#mainRuns = true;
    this.#main.position = position;
    this.#spawn(this.#runMain());
  }

  async #runMain(): Promise<void> {
    const take = (batch: SubscriptionBatch<DomainEvent>): Promise<void> => this.#turnstile.run(() => this.#project(this.#main, batch));
    try {
      while (this.#main.feeds.length > 0 && !this.#signal.aborted) await this.#main.run(take, this.#signal);
    } finally {
      this.#mainRuns = false;
    }
  }

  async #project(lane: FeedGroup, batch: SubscriptionBatch<DomainEvent>): Promise<void> {
    // A batch that was read before the lane was stopped: nobody must write after the lease is given back.
    if (this.#signal.aborted) return;
    for (const feed of await lane.project(batch)) await this.#failed(feed);
    if (lane === this.#main) this.#services.onProgress();
  }

  #catchUp(feeds: readonly ProjectionRun[]): void {
    const lane = new FeedGroup(this.#laneServices(this.#mainRuns ? SERVING_BATCH : FIRST_BUILD_BATCH), feeds);
    const take = (batch: SubscriptionBatch<DomainEvent>): Promise<void> =>
      this.#turnstile.run(async () => {
        await this.#project(lane, batch);
        if (this.#signal.aborted) return;
        if (batch.live && (!this.#mainRuns || lane.position >= this.#main.position)) await this.#arrive(lane);
        else await this.#report(lane, 'running');
      });
    this.#spawn(lane.run(take, this.#signal));
  }

  #laneServices(batchSize: number): FeedGroupServices {
    return { ...this.#services, batchSize: this.#services.batchSize ?? batchSize };
  }

  async #arrive(lane: FeedGroup): Promise<void> {
    const arrived = lane.feeds;
    if (arrived.length === 0) return;
    for (const feed of arrived) {
      if (feed.generation.state === 'serving') continue;
      await this.#services.readModels.activate(feed.generation);
      feed.generation = { ...feed.generation, state: 'serving' };
    }
    await this.#report(lane, 'done');
    lane.feeds = [];
    this.#join(arrived, lane.position);
    this.#services.onProgress();
  }

  async #report(lane: FeedGroup, state: Rebuild['state']): Promise<void> {
    const asked = lane.feeds.filter(({ rebuild }) => rebuild !== null);
    if (asked.length === 0) return;
    const head = await this.#services.store.head();
    for (const { rebuild } of asked) {
      if (rebuild === null) continue;
      await this.#services.readModels.recordRebuild({ ...rebuild, state, position: lane.position, head });
    }
  }

  async #failed(feed: ProjectionRun): Promise<void> {
    const { definition, rebuild, failure } = feed;
    this.#services.onFailure(definition.name, failure ?? 'unknown');
    if (rebuild === null) return;
    this.#building.delete(definition.name);
    await this.#services.readModels.drop(feed.generation);
    const head = await this.#services.store.head();
    await this.#services.readModels.recordRebuild({ ...rebuild, state: 'failed', position: feed.generation.checkpoint, head, failure });
  }

  async #watchRequests(): Promise<void> {
    const { clock, readModels } = this.#services;
    while (!this.#signal.aborted) {
      for (const rebuild of await readModels.rebuilds()) if (rebuild.state === 'requested') await this.#rebuild(rebuild);
      await clock.until(new Date(clock.now().getTime() + LOOK_FOR_REQUESTS_MS), this.#signal);
    }
  }

  async #rebuild(requested: Rebuild): Promise<void> {
    const { readModels, projections, store } = this.#services;
    const definition = projections.find(({ name }) => name === requested.projection);
    const head = await store.head();
    if (definition === undefined) {
      return readModels.recordRebuild({ ...requested, state: 'failed', head, failure: 'there is no projection of this name' });
    }
    const underWay = this.#building.get(definition.name);
    if (underWay !== undefined && underWay.failure === null) return;
    if (underWay !== undefined) await readModels.drop(underWay.generation);
    const rebuild: Rebuild = { ...requested, state: 'running', head };
    await readModels.recordRebuild(rebuild);
    const feed = await newRun(readModels, definition, rebuild);
    this.#building.set(definition.name, feed);
    this.#catchUp([feed]);
  }
}
