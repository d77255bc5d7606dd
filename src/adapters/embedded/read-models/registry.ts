import { GenerationConflict, type Generation } from '../../../ports/read-model-store.js';
import type { CollectionDefinition } from '../../../ports/read-models.js';
import { Checkpoints } from './checkpoints.js';
import type { ControlDatabase } from './control-database.js';
import { DocumentCodec } from './document-codec.js';
import { fieldsOf, isOfWords, WORDS, type CollectionRecord, type GenerationRecord, type IndexRecord, type TextRecord } from './registry-records.js';

/** A collection of one generation, with what reads and writes its documents. */
export interface LiveCollection {
  readonly record: CollectionRecord;
  readonly codec: DocumentCodec;
}

export interface LiveGeneration {
  readonly record: GenerationRecord;
  readonly collections: ReadonlyMap<string, LiveCollection>;
}

const keyOf = ({ projection, generation }: Pick<GenerationRecord, 'projection' | 'generation'>): string => `${projection}/${generation}`;

const UNKNOWN_TIME = new Date(0).toISOString();

export const collectionOf = (generation: LiveGeneration, name: string): LiveCollection => {
  const live = generation.collections.get(name);
  if (live === undefined) throw new GenerationConflict(`${generation.record.projection} has no collection ${name}`);
  return live;
};

/** A range of keys that is no longer read. */
export interface Garbage {
  readonly database: 'documents' | 'keys';
  readonly number: number;
}

/** The generations, kept in the control database and in memory; another process's changes are seen by the epoch. */
export class Registry {
  readonly #control: ControlDatabase;
  readonly #exclusive: boolean;
  readonly checkpoints: Checkpoints;
  #epoch = -1;
  #isStale = true;
  #generations = new Map<string, LiveGeneration>();
  #serving = new Map<string, LiveGeneration>();

  constructor(control: ControlDatabase, exclusive: boolean) {
    this.#control = control;
    this.#exclusive = exclusive;
    this.checkpoints = new Checkpoints(control);
  }

  /** After a transaction that failed: what is in memory may be what was never written. */
  forget(): void {
    this.#epoch = -1;
    this.#isStale = true;
  }

  all(): readonly LiveGeneration[] {
    this.#refresh();
    return [...this.#generations.values()];
  }

  serving(projection: string): LiveGeneration | undefined {
    this.#refresh();
    return this.#serving.get(projection);
  }

  get(projection: string, generation: number): LiveGeneration | undefined {
    this.#refresh();
    return this.#generations.get(keyOf({ projection, generation }));
  }

  existing({ projection, generation }: { projection: string; generation: number }): LiveGeneration {
    const live = this.get(projection, generation);
    if (live === undefined) throw new GenerationConflict(`generation ${generation} of ${projection} is gone`);
    return live;
  }

  create(projection: string, version: number, definitions: readonly CollectionDefinition[], now: Date): GenerationRecord {
    const generation = (this.#control.get<number>('lastGeneration', projection) ?? 0) + 1;
    const collections = definitions.map(
      (definition): CollectionRecord => ({
        name: definition.name,
        number: this.#number(),
        indexes: definition.indexes.map((fields) => this.newIndex(fields, definition.text)),
        text: this.newText(definition.text),
      }),
    );
    const record: GenerationRecord = { projection, version, generation, state: 'building', collections, createdAt: now.toISOString() };
    this.#control.put(generation, 'lastGeneration', projection);
    this.save(record);
    this.checkpoints.set(record, 0n);
    return record;
  }

  newIndex(indexFields: CollectionDefinition['indexes'][number], text: CollectionDefinition['text'] = []): IndexRecord {
    const fields = fieldsOf(indexFields);
    const number = this.#number();
    const names = fields.map(([field]) => field);
    if (!isOfWords({ fields })) return { number, fields, fieldNames: names, multikey: null, cut: false };
    return { number, fields, fieldNames: [...names.slice(1), ...text], multikey: WORDS, cut: false, words: text };
  }

  newText(fields: CollectionDefinition['text']): TextRecord | null {
    return fields === undefined || fields.length === 0 ? null : { number: this.#number(), fields };
  }

  save(record: GenerationRecord): void {
    this.#refresh();
    this.#control.put(record, 'generation', record.projection, record.generation);
    this.#remember(record, this.#generations.get(keyOf(record)));
    this.#changed();
  }

  /** Removes a generation and leaves its keys to the sweeper. */
  remove(record: GenerationRecord): void {
    this.#refresh();
    for (const { number, indexes, text } of record.collections) {
      this.discard({ database: 'documents', number });
      for (const index of indexes) this.discard({ database: 'keys', number: index.number });
      if (text !== null) this.discard({ database: 'keys', number: text.number });
    }
    this.#control.remove('generation', record.projection, record.generation);
    this.checkpoints.remove(record);
    this.#generations.delete(keyOf(record));
    this.#serveNoMore(record);
    this.#changed();
  }

  discard(garbage: Garbage): void {
    this.#control.put(garbage, 'garbage', garbage.number);
  }

  garbage(): readonly Garbage[] {
    return this.#control.all<Garbage>('garbage');
  }

  swept({ number }: Garbage): void {
    this.#control.remove('garbage', number);
    this.#control.remove('structures', number);
  }

  describe({ projection, version, generation, state, createdAt = UNKNOWN_TIME, failure = null }: GenerationRecord): Generation {
    const checkpoint = this.checkpoints.get({ projection, generation });
    const fanOut = this.checkpoints.fanOut({ projection, generation });
    return { projection, version, generation, state, checkpoint, createdAt, failure, fanOut };
  }

  #number(): number {
    const number = (this.#control.get<number>('lastNumber') ?? 0) + 1;
    this.#control.put(number, 'lastNumber');
    return number;
  }

  /** What is in memory has the change already: reading everything again for each of a hundred generations takes a tenth of a start. */
  #changed(): void {
    this.#epoch += 1;
    this.#control.put(this.#epoch, 'epoch');
  }

  #refresh(): void {
    if (this.#exclusive && !this.#isStale) return;
    const epoch = this.#control.get<number>('epoch') ?? 0;
    this.#isStale = false;
    if (epoch === this.#epoch) return;
    const isSuccessor = this.#epoch >= 0;
    const before = this.#generations;
    this.#generations = new Map();
    this.#serving = new Map();
    for (const record of this.#control.all<GenerationRecord>('generation')) {
      this.#remember(record, isSuccessor ? before.get(keyOf(record)) : undefined);
    }
    this.#epoch = epoch;
  }

  #remember(record: GenerationRecord, before: LiveGeneration | undefined): void {
    const live = this.#live(record, before);
    this.#generations.set(keyOf(record), live);
    if (record.state === 'serving') this.#serving.set(record.projection, live);
    else this.#serveNoMore(record);
  }

  #serveNoMore({ projection, generation }: GenerationRecord): void {
    if (this.#serving.get(projection)?.record.generation === generation) this.#serving.delete(projection);
  }

  #live(record: GenerationRecord, before: LiveGeneration | undefined): LiveGeneration {
    return {
      record,
      collections: new Map(
        record.collections.map((collection): [string, LiveCollection] => [
          collection.name,
          {
            record: collection,
            codec: before?.collections.get(collection.name)?.codec ?? new DocumentCodec(this.#control, collection.number),
          },
        ]),
      ),
    };
  }
}
