import { EventCodec } from '../../src/domain/event-codec.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { CollectionDefinition, Document, Filter, Query, ReadModels } from '../../src/ports/read-models.js';
import type { DomainRecord, ProjectionDefinition } from '../../src/projections/kernel/projection.js';
import { answer } from '../contracts/naive-query.js';

/** An event and the stream it stands in. */
export type Published = readonly [stream: string, event: DomainEvent];

const codec = new EventCodec();

/** The events as a log records them: checked, numbered per stream and over all. */
export const recorded = (published: readonly Published[]): readonly DomainRecord[] => {
  const revisions = new Map<string, number>();
  return published.map(([stream, event], index) => {
    codec.assertValid(event);
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const metadata = {
      actorId: null,
      correlationId: 'correlation',
      causationId: 'causation',
      occurredAt: '2026-01-01T00:00:00.000Z',
      schemaVersion: 1,
      commandId: `command-${index}`,
    };
    return { ...event, id: `event-${index}`, metadata, stream, revision, position: BigInt(index + 1) };
  });
};

/** The documents of a projection in memory, for its queries. The adapters' contract is tested elsewhere. */
export class Projected implements ReadModels {
  readonly #documents = new Map<string, Map<string, Document>>();
  readonly #projections: readonly ProjectionDefinition[];
  readonly #numbers = new Map<string, Map<string, number>>();

  constructor(projections: ProjectionDefinition | readonly ProjectionDefinition[], events: readonly DomainRecord[] = []) {
    this.#projections = [projections].flat();
    this.publish(events);
  }

  publish(events: readonly DomainRecord[]): void {
    for (const event of events) {
      for (const { eventType, collection, lookup, ids, apply } of this.#projections.flatMap(({ rules }) => rules)) {
        if (eventType !== event.type) continue;
        const found = lookup?.ids(event).flatMap((id) => this.#collection(lookup.collection).get(id) ?? []) ?? [];
        const documents = this.#collection(collection);
        for (const id of ids(event, found)) {
          const numbers = this.#numbersOf(collection);
          const number = numbers.get(id) ?? numbers.size + 1;
          const document = apply(documents.get(id), event, id, number, found);
          if (document === undefined) documents.delete(id);
          else {
            documents.set(id, structuredClone(document));
            numbers.set(id, number);
          }
        }
      }
      this.#fanOut(event);
    }
  }

  #fanOut(event: DomainRecord): void {
    for (const { eventType, collection, field, value, apply } of this.#projections.flatMap(({ fanOuts = [] }) => fanOuts)) {
      const wanted = eventType === event.type ? value(event) : undefined;
      if (wanted === undefined) continue;
      const documents = this.#collection(collection);
      for (const before of answer([...documents.values()], { filter: { [field]: wanted } }, [])) {
        const document = apply(before, event);
        if (document === undefined) documents.delete(before.id);
        else documents.set(before.id, structuredClone(document));
      }
    }
  }

  #numbersOf(collection: string): Map<string, number> {
    const numbers = this.#numbers.get(collection) ?? new Map<string, number>();
    this.#numbers.set(collection, numbers);
    return numbers;
  }

  /** Everything there is, for comparing. */
  contents(): Readonly<Record<string, Document>> {
    const entries = [...this.#documents].flatMap(([name, documents]) =>
      [...documents].map(([id, document]): [string, Document] => [`${name}/${id}`, document]),
    );
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  async get<D extends Document>({ name }: CollectionDefinition<D>, id: string): Promise<D | undefined> {
    return await Promise.resolve(this.#collection(name).get(id) as D | undefined);
  }

  async getMany<D extends Document>(collection: CollectionDefinition<D>, ids: readonly string[]): Promise<readonly (D | undefined)[]> {
    return await Promise.all(ids.map((id) => this.get(collection, id)));
  }

  async find<D extends Document>({ name, text }: CollectionDefinition<D>, query: Query): Promise<readonly D[]> {
    return await Promise.resolve(answer([...this.#collection(name).values()], query, text ?? []) as readonly D[]);
  }

  async count<D extends Document>(collection: CollectionDefinition<D>, filter: Filter = {}): Promise<number> {
    return (await this.find(collection, { filter })).length;
  }

  #collection(name: string): Map<string, Document> {
    const known = this.#documents.get(name) ?? new Map<string, Document>();
    this.#documents.set(name, known);
    return known;
  }
}
