import type { DomainEvent } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import type { EventStore, Position, SubscriptionBatch } from '../../ports/event-store.js';
import { BatchedGroup } from './batched-group.js';
import { LevelGroup } from './level-group.js';
import type { ProjectionRun } from './projection-run.js';
import type { RunGroup, RunGroupServices } from './run-group.js';

export interface LevelRunsOwner {
  /** Nothing is followed any more once it aborts. */
  readonly signal: AbortSignal;
  readonly take: (group: RunGroup, batch: SubscriptionBatch<DomainEvent>) => Promise<void>;
  readonly spawn: (task: Promise<void>) => void;
}

/** Events of batched projections in one step: the others wait for its end. */
export const MOST_AT_ONCE = 200;

/** The runs that are level with the log: those that requests wait for share a group and its checkpoint, batched ones another group. */
export class LevelRuns {
  readonly #store: EventStore<DomainEvent>;
  readonly #owner: LevelRunsOwner;
  readonly #prompt: LevelGroup;
  readonly #batched: BatchedGroup;
  readonly #running = new Set<RunGroup>();

  constructor(services: RunGroupServices, clock: Clock, owner: LevelRunsOwner) {
    this.#store = services.store;
    this.#owner = owner;
    this.#prompt = new LevelGroup(services);
    this.#batched = new BatchedGroup({ ...services, batchSize: Math.min(services.batchSize, MOST_AT_ONCE) }, clock);
  }

  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  /** Adds runs that stand at the position, or where `isReachedBy` said so. Call only within a turn, or before any group works. */
  async join(runs: readonly ProjectionRun[], position: Position): Promise<void> {
    const batched = runs.filter(({ definition }) => definition.batched === true);
    const prompt = runs.filter(({ definition }) => definition.batched !== true);
    await this.#prompt.join(prompt, this.#running.has(this.#prompt) ? this.#prompt.position : position);
    this.#batched.join(batched, this.#running.has(this.#batched) ? this.#batched.position : position);
    for (const group of [this.#prompt, this.#batched]) if (group.runs.length > 0 && !this.#running.has(group)) this.#run(group);
  }

  /** A group that runs may stand behind the last event, at a checkpoint of the log that other subscriptions are not told of. */
  async isReachedBy({ position }: RunGroup): Promise<boolean> {
    const front = [...this.#running].reduce((most, group) => (group.position > most ? group.position : most), 0n);
    if (position >= front) return true;
    for await (const missing of this.#store.readAll({ after: position, limit: 1 })) return missing.position > front;
    return true;
  }

  /** Somebody waits for these projections to pass the position. */
  hurry(position: Position, projections: readonly string[]): void {
    if (this.#batched.runs.some(({ definition }) => projections.includes(definition.name))) this.#batched.hurry(position);
  }

  #run(group: RunGroup): void {
    this.#running.add(group);
    this.#owner.spawn(this.#follow(group));
  }

  async #follow(group: RunGroup): Promise<void> {
    const { signal, take } = this.#owner;
    try {
      while (group.runs.length > 0 && !signal.aborted) await group.follow((batch) => take(group, batch), signal);
    } finally {
      this.#running.delete(group);
    }
  }
}
