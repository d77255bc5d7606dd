import type { DomainEvent } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import type { Position, SubscriptionBatch } from '../../ports/event-store.js';
import { OVER } from '../../primitives/over.js';
import { withEither } from '../../primitives/with-either.js';
import { OwnGroup } from './own-group.js';
import type { ProjectionRun } from './projection-run.js';
import type { RunGroupServices } from './run-group.js';

/** Short for a reader, long enough that under load many changes of one document become one. */
const PAUSE_MS = 200;
/** A position that does not come, such as one that a caller made up, keeps it from pausing for so long. */
const HURRIED_MS = 2_000;

/** Level runs of projections that are declared as batched: they pause after each batch unless somebody waits for them. */
export class BatchedGroup extends OwnGroup {
  readonly #clock: Clock;
  #awaited: Position = 0n;
  #hurriedUntil = 0;
  #pause = new AbortController();

  constructor(services: RunGroupServices, clock: Clock) {
    super(services, []);
    this.#clock = clock;
  }

  /** Takes runs in that have all events up to the group's position; those that they replace go. */
  join(joining: readonly ProjectionRun[], position: Position): void {
    this.runs = this.withRuns(joining);
    this.position = position;
  }

  /** Somebody waits for the position. */
  hurry(position: Position): void {
    if (!this.#isHurried || position > this.#awaited) {
      this.#awaited = position;
      this.#hurriedUntil = this.#clock.now().getTime() + HURRIED_MS;
    }
    if (this.position < position) this.#pause.abort(OVER);
  }

  override async follow(take: (batch: SubscriptionBatch<DomainEvent>) => Promise<void>, signal: AbortSignal): Promise<void> {
    const takeAndPause = async (batch: SubscriptionBatch<DomainEvent>): Promise<void> => {
      await take(batch);
      if (!batch.live || this.#isHurried) return;
      this.#pause = new AbortController();
      await withEither(signal, this.#pause.signal, (either) => this.#clock.after(PAUSE_MS, either));
    };
    await super.follow(takeAndPause, signal);
  }

  get #isHurried(): boolean {
    return this.position < this.#awaited && this.#clock.now().getTime() < this.#hurriedUntil;
  }
}
