import type { DomainEvent } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import type { EventStore, Position } from '../../ports/event-store.js';
import type { ProjectionLag, ProjectionProgress } from '../../ports/projection-progress.js';
import type { Generation, ReadModelStore } from '../../ports/read-models.js';
import type { ProjectionDefinition } from '../../projections/projection.js';

export interface StoredProgressServices {
  readonly store: EventStore<DomainEvent>;
  readonly readModels: ReadModelStore;
  readonly projections: readonly ProjectionDefinition[];
  readonly clock: Clock;
}

const LOOK_AGAIN_MS = 20;
const NEVER = new AbortController().signal;

const generationOf = ({ name, version }: ProjectionDefinition, generations: readonly Generation[]): Generation | undefined => {
  const own = generations.filter(({ projection }) => projection === name);
  return own.find((generation) => generation.state === 'serving' && generation.version === version) ?? own.at(-1);
};

/** Progress as another process has written it down: for a process that does not project itself. */
export class StoredProjectionProgress implements ProjectionProgress {
  readonly #services: StoredProgressServices;

  constructor(services: StoredProgressServices) {
    this.#services = services;
  }

  async waitFor(position: Position, timeoutMs: number, signal = NEVER): Promise<boolean> {
    const { clock } = this.#services;
    const deadline = clock.now().getTime() + timeoutMs;
    // Read models that can't be read now are not level: the command that waits has succeeded all the same.
    while (!(await this.#passed(position).catch(() => false))) {
      const now = clock.now().getTime();
      if (now >= deadline || signal.aborted) return false;
      await clock.until(new Date(Math.min(deadline, now + LOOK_AGAIN_MS)), signal);
    }
    return true;
  }

  async lag(): Promise<readonly ProjectionLag[]> {
    const { projections, readModels, store } = this.#services;
    const [generations, head] = [await readModels.generations(), await store.head()];
    return projections.map((definition) => {
      const checkpoint = generationOf(definition, generations)?.checkpoint ?? 0n;
      return { projection: definition.name, checkpoint, behind: head - checkpoint, failure: null };
    });
  }

  async #passed(position: Position): Promise<boolean> {
    const generations = await this.#services.readModels.generations();
    return this.#services.projections.every((definition) => {
      const generation = generationOf(definition, generations);
      return generation?.state === 'serving' && generation.version === definition.version && generation.checkpoint >= position;
    });
  }
}
