import { EventCodec } from '../../src/domain/event-codec.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { Document, Filter, Query, ReadModels, CollectionDefinition } from '../../src/ports/read-models.js';
import type { DomainRecord, ProjectionDefinition } from '../../src/projections/kernel/projection.js';

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

const matches = (document: Document, filter: Filter): boolean =>
  Object.entries(filter).every(([field, expected]) => {
    if (field === '$text') return (expected as { $search: string }).$search.toLowerCase().split(/\s+/).every((word) => textOf(document).includes(word));
    return fieldOf(document, field) === expected;
  });

const fieldOf = (document: Document, field: string): unknown => Object.entries(document).find(([name]) => name === field)?.[1];
const textOf = (document: Document): readonly string[] => JSON.stringify(document).toLowerCase().split(/\W+/);

const compared = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);

/** What a projection makes of a log, kept in memory, for asking its queries. The adapters' contract is tested elsewhere. */
export class Projected implements ReadModels {
  readonly #documents = new Map<string, Map<string, Document>>();
  readonly #projection: ProjectionDefinition;

  constructor(projection: ProjectionDefinition, events: readonly DomainRecord[] = []) {
    this.#projection = projection;
    this.publish(events);
  }

  publish(events: readonly DomainRecord[]): void {
    for (const event of events) {
      for (const { eventType, collection, ids, apply } of this.#projection.rules) {
        if (eventType !== event.type) continue;
        const documents = this.#collection(collection);
        for (const id of ids(event)) {
          const document = apply(documents.get(id), event, id);
          if (document === undefined) documents.delete(id);
          else documents.set(id, structuredClone(document));
        }
      }
    }
  }

  /** Everything there is, for comparing. */
  contents(): Readonly<Record<string, Document>> {
    const entries = [...this.#documents].flatMap(([name, documents]) =>
      [...documents].map(([id, document]): [string, Document] => [`${name}/${id}`, document]),
    );
    return Object.fromEntries(entries.sort(([a], [b]) => compared(a, b)));
  }

  async get<D extends Document>({ name }: CollectionDefinition<D>, id: string): Promise<D | undefined> {
    return await Promise.resolve(this.#collection(name).get(id) as D | undefined);
  }

  async getMany<D extends Document>(collection: CollectionDefinition<D>, ids: readonly string[]): Promise<readonly (D | undefined)[]> {
    return await Promise.all(ids.map((id) => this.get(collection, id)));
  }

  async find<D extends Document>({ name }: CollectionDefinition<D>, query: Query): Promise<readonly D[]> {
    const found = [...this.#collection(name).values()].filter((document) => matches(document, query.filter ?? {})) as D[];
    for (const [field, direction] of Object.entries(query.sort ?? {}).reverse()) {
      found.sort((a, b) => direction * compared(fieldOf(a, field), fieldOf(b, field)));
    }
    const from = query.skip ?? 0;
    return await Promise.resolve(found.slice(from, from + (query.limit ?? Infinity)));
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
