import type { Position } from '../../ports/event-store.js';
import type { UnavailableProjection } from '../../ports/projection-progress.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import type { ProjectionRun } from './projection-run.js';
import { unavailableAmong, unavailableGeneration } from './standing.js';

const NEVER_BEGUN = new Date(0).toISOString();

/** The runs of one tenure by projection: those that serve, those that are being built, and whether they can be shown. */
export class RunBoard {
  readonly #definitions: readonly ProjectionDefinition[];
  readonly #serving = new Map<string, ProjectionRun>();
  readonly #building = new Map<string, ProjectionRun>();
  #unavailable: ReadonlyMap<string, UnavailableProjection> = new Map();

  constructor(definitions: readonly ProjectionDefinition[]) {
    this.#definitions = definitions;
  }

  serve(runs: readonly ProjectionRun[]): void {
    for (const run of runs) {
      this.#serving.set(run.definition.name, run);
      this.#building.delete(run.definition.name);
    }
    this.refresh();
  }

  build(runs: readonly ProjectionRun[]): void {
    for (const run of runs) this.#building.set(run.definition.name, run);
    this.refresh();
  }

  giveUp({ definition }: ProjectionRun): void {
    this.#building.delete(definition.name);
    this.refresh();
  }

  building(projection: string): ProjectionRun | undefined {
    return this.#building.get(projection);
  }

  serves(projection: string): boolean {
    return this.#serving.has(projection);
  }

  run(projection: string): ProjectionRun | undefined {
    return this.#serving.get(projection) ?? this.#building.get(projection);
  }

  /** Undefined while it is unknown; false when one of them has failed. */
  hasPassed(position: Position, projections: readonly string[]): boolean | undefined {
    let passed = true;
    for (const projection of projections) {
      const run = this.run(projection);
      if (run === undefined) return undefined;
      if (run.failure !== null) return false;
      if (run.generation.state !== 'serving' || run.position < position || run.generation.failure !== null) passed = false;
    }
    return passed ? true : undefined;
  }

  reached(projections: readonly string[]): Position {
    const positions = projections.map((projection) => this.#serving.get(projection)?.position ?? 0n);
    return positions.reduce((least, position) => (position < least ? position : least));
  }

  unavailable(projections: readonly string[]): readonly UnavailableProjection[] {
    return unavailableAmong(this.#unavailable, projections);
  }

  /** Call it whenever a run has failed or recovered. */
  refresh(): void {
    const found = this.#definitions.flatMap((definition): [string, UnavailableProjection][] => {
      const unavailable = unavailableGeneration(definition, this.run(definition.name)?.generation, NEVER_BEGUN);
      return unavailable === null ? [] : [[definition.name, unavailable]];
    });
    this.#unavailable = new Map(found);
  }
}
