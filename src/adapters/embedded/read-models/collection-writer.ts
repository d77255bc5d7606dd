import type { Document } from '../../../ports/read-models.js';
import type { DocumentStore } from './document-store.js';
import { difference, entriesOf, sameEntries, wordEntriesOf } from './index-entries.js';
import type { KeyDatabase } from './key-streams.js';
import type { LiveCollection } from './registry.js';
import type { CollectionRecord, IndexRecord } from './registry-records.js';

const NOTHING = Buffer.alloc(0);

const writeKeys = (database: KeyDatabase, removed: readonly Buffer[], added: readonly Buffer[]): void => {
  for (const key of removed) database.removeSync(key);
  for (const key of added) database.putSync(key, NOTHING);
};

/** Writes documents with their index entries; within a transaction. */
export class CollectionWriter {
  readonly #documents: DocumentStore;
  readonly #keys: KeyDatabase;

  constructor(documents: DocumentStore, keys: KeyDatabase) {
    this.#documents = documents;
    this.#keys = keys;
  }

  /** The collection's record, another one when its indexes learnt something from this document. */
  write(live: LiveCollection, record: CollectionRecord, id: string, document: Document | undefined): CollectionRecord {
    const isIndexed = record.indexes.length > 0 || record.text !== null;
    const before = isIndexed ? this.#documents.read(live, id) : undefined;
    if (document === undefined) this.#documents.remove(live, id);
    else this.#documents.write(live, id, document);
    return isIndexed ? this.index(record, id, before, document) : record;
  }

  /** The index entries alone. */
  index(record: CollectionRecord, id: string, before: Document | undefined, document: Document | undefined): CollectionRecord {
    this.#writeWords(record, id, before, document);
    const indexes = record.indexes.map((index) => this.#writeIndex(index, id, before, document));
    return indexes.every((index, place) => index === record.indexes[place]) ? record : { ...record, indexes };
  }

  #writeIndex(index: IndexRecord, id: string, before: Document | undefined, after: Document | undefined): IndexRecord {
    if (sameEntries(index.fieldNames, before, after)) return index;
    const entries = entriesOf(index, after, id);
    const { removed, added } = difference(entriesOf(index, before, id).keys, entries.keys);
    writeKeys(this.#keys, removed, added);
    const cut = index.cut || entries.cut;
    const multikey = index.multikey ?? entries.multikey;
    return cut === index.cut && multikey === index.multikey ? index : { ...index, cut, multikey };
  }

  #writeWords({ text }: CollectionRecord, id: string, before: Document | undefined, after: Document | undefined): void {
    if (text === null || sameEntries(text.fields, before, after)) return;
    const { removed, added } = difference(wordEntriesOf(text, before, id), wordEntriesOf(text, after, id));
    writeKeys(this.#keys, removed, added);
  }
}
