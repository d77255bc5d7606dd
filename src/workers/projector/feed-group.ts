import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DomainEvent } from '../../domain/events.js';
import type { EventStore, Position, SubscriptionBatch } from '../../ports/event-store.js';
import type { ReadModelStore } from '../../ports/read-models.js';
import { rulesByType, type ProjectionRun, type RunRule } from './projection-run.js';
import { foldBatch } from './fold-batch.js';

export interface FeedGroupServices {
  readonly store: EventStore<DomainEvent>;
  readonly readModels: ReadModelStore;
  readonly batchSize: number;
}

/** ProjectionRuns that share one subscription to the whole log. */
export class FeedGroup {
  readonly #services: FeedGroupServices;
  #feeds: readonly ProjectionRun[] = [];
  #rules: ReadonlyMap<string, readonly RunRule[]> = new Map();
  /** Its feeds have all events up to here. */
  position: Position = 0n;

  constructor(services: FeedGroupServices, feeds: readonly ProjectionRun[]) {
    this.#services = services;
    this.feeds = feeds;
    this.position = feeds.reduce<Position | undefined>((least, { generation: { checkpoint } }) =>
      least === undefined || checkpoint < least ? checkpoint : least, undefined) ?? 0n;
  }

  get feeds(): readonly ProjectionRun[] {
    return this.#feeds;
  }

  set feeds(feeds: readonly ProjectionRun[]) {
    this.#feeds = feeds;
    this.#rules = rulesByType(feeds);
  }

  /** Hands each stretch of the log over, until the signal aborts or no feed is left. */
  async run(take: (batch: SubscriptionBatch<DomainEvent>) => Promise<void>, signal: AbortSignal): Promise<void> {
    const { store, batchSize } = this.#services;
    for await (const batch of store.subscribe({ after: this.position, batchSize, signal })) {
      await take(batch);
      if (this.#feeds.length === 0 || signal.aborted) return;
      // The log comes as fast as it is read: let requests through in between.
      if (!batch.live) await nextTurn();
    }
    if (!signal.aborted) throw new Error('the subscription ended');
  }

  /** Applies and writes a stretch, documents and checkpoints in one commit. Answers the feeds that could not go on. */
  async project({ events, position }: SubscriptionBatch<DomainEvent>): Promise<readonly ProjectionRun[]> {
    const folded = await foldBatch(this.#services.readModels, this.#feeds, this.#rules, events, position);
    if (folded.length > 0) await this.#services.readModels.commit(folded.map(({ commit }) => commit));
    for (const { feed, commit, failure } of folded) {
      feed.generation = { ...feed.generation, checkpoint: commit.checkpoint };
      feed.failure = failure;
    }
    this.position = position;
    const failed = this.#feeds.filter(({ failure }) => failure !== null);
    if (failed.length > 0) this.feeds = this.#feeds.filter(({ failure }) => failure === null);
    return failed;
  }
}
