import type { Position } from '../../ports/event-store.js';
import type { ReadModelStore } from '../../ports/read-model-store.js';
import type { FoldedRun } from './fold-batch.js';
import type { ProjectionRun } from './projection-run.js';
import { committed, RunGroup, type RunGroupServices } from './run-group.js';

/** The runs that are level: they share one checkpoint, so that a commit costs the same however many they are. */
export class LevelGroup extends RunGroup {
  readonly #readModels: ReadModelStore;

  constructor(services: RunGroupServices) {
    super(services, []);
    this.#readModels = services.readModels;
  }

  /** Takes runs in that are level; those that they replace go. */
  async join(joining: readonly ProjectionRun[], position: Position): Promise<void> {
    const runs = this.withRuns(joining);
    await this.#share(runs, position);
    this.runs = runs;
    this.position = position;
  }

  protected override async write(folded: readonly FoldedRun[], sound: readonly ProjectionRun[], position: Position): Promise<void> {
    const failed = folded.filter(({ failure }) => failure !== null);
    if (failed.length > 0) {
      await this.#share(sound, this.position);
      await this.#readModels.commit(failed.map(({ run, commit }) => ({ ...commit, generation: { ...run.generation, checkpoint: run.position } })));
      failed.forEach(committed);
    }
    if (position === this.position || sound.length === 0) return;
    const commits = folded.filter(({ failure, commit }) => failure === null && commit.writes.length > 0).map(({ commit }) => commit);
    await this.#readModels.advance({ from: this.position, to: position, commits });
  }

  protected override async leave(leaving: readonly ProjectionRun[]): Promise<void> {
    await super.leave(leaving);
    await this.#share(this.runs, this.position);
    for (const run of leaving) run.generation = { ...run.generation, checkpoint: run.position };
  }

  async #share(runs: readonly ProjectionRun[], position: Position): Promise<void> {
    await this.#readModels.share(runs.map(({ generation }) => generation), position);
  }
}
