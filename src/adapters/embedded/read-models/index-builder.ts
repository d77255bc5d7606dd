import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Generation } from '../../../ports/read-model-store.js';
import type { CollectionDefinition } from '../../../ports/read-models.js';
import type { CollectionWriter } from './collection-writer.js';
import type { DocumentStore } from './document-store.js';
import type { Environment } from './environment.js';
import type { LiveCollection, Registry } from './registry.js';
import { fieldsOf, isOfWords, sameFields, type CollectionRecord, type IndexRecord, type TextRecord } from './registry-records.js';

const DOCUMENTS_AT_ONCE = 500;

interface Wanted {
  readonly kept: readonly IndexRecord[];
  readonly missing: readonly CollectionDefinition['indexes'][number][];
  readonly text: 'kept' | 'new';
}

const wantedOf = (record: CollectionRecord, definition: CollectionDefinition): Wanted => {
  const fields = definition.text ?? [];
  const hasSameText = JSON.stringify(record.text?.fields ?? []) === JSON.stringify(fields);
  const usable = record.indexes.filter((index) => hasSameText || !isOfWords(index));
  // Words that stand in an index of their own are kept nowhere else.
  const hasWordsAlike = record.indexes.some(isOfWords) === definition.indexes.some((wanted) => isOfWords({ fields: fieldsOf(wanted) }));
  return {
    kept: usable.filter((index) => definition.indexes.some((wanted) => sameFields(index.fields, fieldsOf(wanted)))),
    missing: definition.indexes.filter((wanted) => !usable.some((index) => sameFields(index.fields, fieldsOf(wanted)))),
    text: hasSameText && hasWordsAlike ? 'kept' : 'new',
  };
};

/** Makes the indexes of a generation those that its collections declare now, without touching documents. */
export class IndexBuilder {
  readonly #environment: Environment;
  readonly #registry: Registry;
  readonly #documents: DocumentStore;
  readonly #writer: CollectionWriter;

  constructor(environment: Environment, registry: Registry, documents: DocumentStore, writer: CollectionWriter) {
    this.#environment = environment;
    this.#registry = registry;
    this.#documents = documents;
    this.#writer = writer;
  }

  async ensure(generation: Generation, definitions: readonly CollectionDefinition[]): Promise<void> {
    for (const definition of definitions) await this.#ensureOne(generation, definition);
  }

  async #ensureOne(generation: Generation, definition: CollectionDefinition): Promise<void> {
    const live = this.#collection(generation, definition.name);
    if (live === undefined) return;
    const { kept, missing, text } = wantedOf(live.record, definition);
    if (missing.length === 0 && text === 'kept' && kept.length === live.record.indexes.length) return;
    const made = this.#write(() => ({
      indexes: missing.map((fields) => this.#registry.newIndex(fields, definition.text)),
      text: text === 'new' ? this.#registry.newText(definition.text) : null,
    }));
    const filled = await this.#fill(live, made);
    this.#write(() => {
      const replacement: CollectionRecord = {
        ...live.record,
        indexes: [...kept, ...filled],
        text: text === 'kept' ? live.record.text : made.text,
      };
      this.#replace(generation, live.record, replacement);
    });
  }

  async #fill(live: LiveCollection, made: { indexes: readonly IndexRecord[]; text: TextRecord | null }): Promise<readonly IndexRecord[]> {
    let record: CollectionRecord = { ...live.record, ...made };
    const ids = [...this.#documents.ids(live)];
    for (let from = 0; from < ids.length; from += DOCUMENTS_AT_ONCE) {
      this.#write(() => {
        for (const id of ids.slice(from, from + DOCUMENTS_AT_ONCE)) {
          record = this.#writer.index(record, id, this.#documents.read(live, id));
        }
      });
      await nextTurn();
    }
    return record.indexes;
  }

  #replace(generation: Generation, before: CollectionRecord, after: CollectionRecord): void {
    const live = this.#registry.get(generation.projection, generation.generation);
    if (live === undefined) return;
    for (const index of before.indexes) {
      if (!after.indexes.some(({ number }) => number === index.number)) this.#registry.discard({ database: 'keys', number: index.number });
    }
    if (before.text !== null && before.text.number !== after.text?.number) {
      this.#registry.discard({ database: 'keys', number: before.text.number });
    }
    const collections = live.record.collections.map((record) => (record.name === after.name ? after : record));
    this.#registry.save({ ...live.record, collections });
  }

  #collection(generation: Generation, name: string): LiveCollection | undefined {
    return this.#registry.get(generation.projection, generation.generation)?.collections.get(name);
  }

  #write<Result>(action: () => Result): Result {
    try {
      return this.#environment.root.transactionSync(action);
    } catch (error) {
      this.#registry.forget();
      throw error;
    }
  }
}
