import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DomainEvent } from '../../domain/events.js';
import type { EventStore, Position, SubscriptionBatch } from '../../ports/event-store.js';
import type { ReadModelStore } from '../../ports/read-model-store.js';
import type { DomainRecord } from '../../projections/kernel/projection.js';
import { fansOut, rulesByType, type ProjectionRun, type RunRule } from './projection-run.js';
import { foldBatch, type FoldedRun } from './fold-batch.js';

export interface RunGroupServices {
  readonly store: EventStore<DomainEvent>;
  readonly readModels: ReadModelStore;
  readonly batchSize: number;
}

/** Lets a write through when it may be done; rejects when nothing may be written any more. */
export type Turn = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** Runs that do not go on with the group. */
export interface Departures {
  readonly failed: readonly ProjectionRun[];
  /** They come to an event that changes all documents which an index finds, and need time of their own for it. */
  readonly fanningOut: readonly ProjectionRun[];
}

/** Runs that share one subscription to the whole log. */
export abstract class RunGroup {
  readonly #services: RunGroupServices;
  #runs: readonly ProjectionRun[] = [];
  #rules: ReadonlyMap<string, readonly RunRule[]> = new Map();
  #fanOutTypes: ReadonlySet<string> = new Set();
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
    this.#fanOutTypes = new Set(runs.flatMap(({ definition: { fanOuts = [] } }) => fanOuts.map(({ eventType }) => eventType)));
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

  /**
   * Applies and writes a stretch of the log, each write within a turn. Answers the runs that leave the group; each stands
   * where it left.
   */
  async project({ events, position }: SubscriptionBatch<DomainEvent>, turn: Turn): Promise<Departures> {
    const failed: ProjectionRun[] = [];
    const fanningOut: ProjectionRun[] = [];
    let rest = events;
    for (let place = this.#nextFanOut(rest); place >= 0; place = this.#nextFanOut(rest)) {
      const before = rest[place - 1];
      if (before !== undefined) failed.push(...(await turn(() => this.#stretch(rest.slice(0, place), before.position))));
      rest = rest.slice(place);
      const [event] = rest;
      if (event === undefined) break;
      const departures = await this.fanOut(this.#runs.filter((run) => fansOut(run, event)), event, turn);
      failed.push(...departures.failed);
      fanningOut.push(...departures.fanningOut);
    }
    failed.push(...(await turn(() => this.#stretch(rest, position))));
    return { failed, fanningOut };
  }

  /** Writes what was folded, and the checkpoints with it. `sound` are the runs that come as far as `position`. */
  protected abstract write(folded: readonly FoldedRun[], sound: readonly ProjectionRun[], position: Position): Promise<void>;

  /** Its runs and these, without those that they replace. */
  protected withRuns(joining: readonly ProjectionRun[]): readonly ProjectionRun[] {
    const replaced = new Set(joining.map(({ definition }) => definition.name));
    return [...this.#runs.filter(({ definition }) => !replaced.has(definition.name)), ...joining];
  }

  /** Takes runs out; their checkpoints stay where they are. */
  protected async leave(leaving: readonly ProjectionRun[]): Promise<void> {
    this.runs = this.#runs.filter((run) => !leaving.includes(run));
    await Promise.resolve();
  }

  /** A group would be held up by the many writes: the runs leave it. */
  protected async fanOut(runs: readonly ProjectionRun[], _event: DomainRecord, turn: Turn): Promise<Departures> {
    await turn(() => this.leave(runs));
    return { failed: [], fanningOut: runs };
  }

  #nextFanOut(events: readonly DomainRecord[]): number {
    return events.findIndex((event) => this.#fanOutTypes.has(event.type) && this.#runs.some((run) => fansOut(run, event)));
  }

  async #stretch(events: readonly DomainRecord[], position: Position): Promise<readonly ProjectionRun[]> {
    const folded = await foldBatch(this.#services.readModels, this.#rules, events, position);
    const failed = folded.flatMap(({ run, failure }) => (failure === null ? [] : [run]));
    const sound = failed.length === 0 ? this.#runs : this.#runs.filter((run) => !failed.includes(run));
    await this.write(folded, sound, position);
    for (const { run, failure, numbers } of folded) {
      run.failure = failure;
      run.numbers = numbers;
    }
    for (const run of sound) if (run.position < position) run.position = position;
    this.position = position;
    if (failed.length > 0) this.runs = sound;
    return failed;
  }
}

/** After the write: the run stands at its own checkpoint. */
export const committed = ({ run, commit }: FoldedRun): void => {
  run.generation = { ...run.generation, checkpoint: commit.checkpoint };
  run.position = commit.checkpoint;
};
