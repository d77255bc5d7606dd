import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DomainEvent } from '../../domain/events.js';
import type { EventStore, Position, SubscriptionBatch } from '../../ports/event-store.js';
import type { ReadModelStore } from '../../ports/read-models.js';
import { rulesByType, type ProjectionRun, type RunRule } from './projection-run.js';
import { foldBatch } from './fold-batch.js';

export interface RunGroupServices {
  readonly store: EventStore<DomainEvent>;
  readonly readModels: ReadModelStore;
  readonly batchSize: number;
}

export class RunGroup {
  readonly #services: RunGroupServices;
  #runs: readonly ProjectionRun[] = [];
  #rules: ReadonlyMap<string, readonly RunRule[]> = new Map();
  position: Position = 0n;

  constructor(services: RunGroupServices, runs: readonly ProjectionRun[]) {
    this.#services = services;
    this.runs = runs;
    this.position = runs.reduce<Position | undefined>((least, { position }) =>
      least === undefined || position < least ? position : least, undefined) ?? 0n;
  }

  get runs(): readonly ProjectionRun[] {
    return this.#runs;
  }

  set runs(runs: readonly ProjectionRun[]) {
    this.#runs = runs;
    this.#rules = rulesByType(runs);
  }

  /** Passes each stretch of the log to `take`, until the signal aborts or no run is left. */
  async follow(take: (batch: SubscriptionBatch<DomainEvent>) => Promise<void>, signal: AbortSignal): Promise<void> {
    const { store, batchSize } = this.#services;
    for await (const batch of store.subscribe({ after: this.position, batchSize, signal })) {
      await take(batch);
      if (this.#runs.length === 0 || signal.aborted) return;
      // The log comes as fast as it is read: requests get their turn in between.
      if (!batch.live) await nextTurn();
    }
    if (!signal.aborted) throw new Error('the subscription ended');
  }

  /** Applies and writes a stretch, documents and checkpoints in one commit. Answers the runs that failed. */
  async project({ events, position }: SubscriptionBatch<DomainEvent>): Promise<readonly ProjectionRun[]> {
    const folded = await foldBatch(this.#services.readModels, this.#runs, this.#rules, events, position);
    if (folded.length > 0) await this.#services.readModels.commit(folded.map(({ commit }) => commit));
    for (const { run, commit, failure } of folded) {
      run.generation = { ...run.generation, checkpoint: commit.checkpoint };
      run.position = commit.checkpoint;
      run.failure = failure;
    }
    this.position = position;
    const failed = this.#runs.filter(({ failure }) => failure !== null);
    if (failed.length > 0) this.runs = this.#runs.filter(({ failure }) => failure === null);
    return failed;
  }
}
