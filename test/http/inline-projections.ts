import type { DomainEvent } from '../../src/domain/events.js';
import type { EventStore, Position, RecordedEvent } from '../../src/ports/event-store.js';
import type { ProjectionLag, ProjectionProgress } from '../../src/ports/projection-progress.js';
import type { DocumentWrite, Generation, ReadModelStore } from '../../src/ports/read-models.js';
import type { ProjectionDefinition } from '../../src/projections/projection.js';

/** Projections one event at a time, for route tests: no batches, no leases, no rebuilds. */
export class InlineProjections implements ProjectionProgress {
  readonly #running = new AbortController();
  readonly #wakers = new Set<() => void>();
  #position: Position = 0n;
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: EventStore<DomainEvent>,
    private readonly readModels: ReadModelStore,
    private readonly definitions: readonly ProjectionDefinition[],
  ) {}

  async start(): Promise<void> {
    const generations: Generation[] = [];
    for (const { name, version, collections } of this.definitions) {
      const generation = await this.readModels.createGeneration(name, version, collections);
      await this.readModels.activate(generation);
      generations.push(generation);
    }
    this.#loop = this.#follow(generations);
  }

  async waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    const late = AbortSignal.timeout(timeoutMs);
    while (this.#position < position && !late.aborted) {
      await new Promise<void>((resolve) => {
        this.#wakers.add(resolve);
        late.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    return this.#position >= position;
  }

  async lag(): Promise<readonly ProjectionLag[]> {
    const behind = (await this.store.head()) - this.#position;
    return this.definitions.map(({ name }) => ({ projection: name, checkpoint: this.#position, behind, failure: null }));
  }

  async stop(): Promise<void> {
    this.#running.abort();
    await this.#loop;
  }

  async #follow(generations: readonly Generation[]): Promise<void> {
    for await (const { events, position } of this.store.subscribe({ after: 0n, signal: this.#running.signal })) {
      for (const event of events) {
        for (const [index, definition] of this.definitions.entries()) {
          const generation = generations[index];
          if (generation !== undefined) await this.#apply(definition, generation, event);
        }
      }
      this.#position = position;
      for (const wake of this.#wakers) wake();
      this.#wakers.clear();
    }
  }

  async #apply({ rules }: ProjectionDefinition, generation: Generation, event: RecordedEvent<DomainEvent>): Promise<void> {
    const { position } = event;
    for (const rule of rules.filter(({ eventType }) => eventType === event.type)) {
      const ids = rule.ids(event);
      const known = await this.readModels.load(generation, rule.collection, ids);
      const writes = ids.map((id, index): DocumentWrite => {
        const document = rule.apply(known[index], event, id);
        return { collection: rule.collection, id, document, position };
      });
      await this.readModels.commit([{ generation, writes, checkpoint: position }]);
    }
  }
}
