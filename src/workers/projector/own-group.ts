import type { Position } from '../../ports/event-store.js';
import type { ReadModelStore } from '../../ports/read-model-store.js';
import type { DomainRecord } from '../../projections/kernel/projection.js';
import type { FoldedRun } from './fold-batch.js';
import type { ProjectionRun } from './projection-run.js';
import { fanOut } from './fan-out.js';
import { committed, RunGroup, type Departures, type Turn, type RunGroupServices } from './run-group.js';

/** Runs on their way: each keeps a checkpoint of its own. */
export class OwnGroup extends RunGroup {
  readonly #readModels: ReadModelStore;

  constructor(services: RunGroupServices, runs: readonly ProjectionRun[]) {
    super(services, runs);
    this.#readModels = services.readModels;
  }

  protected override async write(folded: readonly FoldedRun[], sound: readonly ProjectionRun[], position: Position): Promise<void> {
    const untouched = sound.filter((run) => run.position < position && !folded.some((each) => each.run === run));
    const moves = untouched.map(({ generation }) => ({ generation, writes: [], checkpoint: position }));
    const commits = [...folded.map(({ commit }) => commit), ...moves];
    if (commits.length > 0) await this.#readModels.commit(commits);
    folded.forEach(committed);
    for (const run of untouched) run.generation = { ...run.generation, checkpoint: position };
  }
}

/** One run that has the time to change all documents which an index finds. */
export class LoneGroup extends OwnGroup {
  readonly #services: RunGroupServices;

  constructor(services: RunGroupServices, run: ProjectionRun) {
    super(services, [run]);
    this.#services = services;
  }

  protected override async fanOut(runs: readonly ProjectionRun[], event: DomainRecord, turn: Turn): Promise<Departures> {
    for (const run of runs) {
      await fanOut(this.#services.readModels, run, event, turn);
      this.position = run.position;
    }
    const failed = runs.filter(({ failure }) => failure !== null);
    if (failed.length > 0) await this.leave(failed);
    return { failed, fanningOut: [] };
  }
}
