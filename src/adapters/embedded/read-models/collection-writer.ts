import type { DocumentWrite } from '../../../ports/read-model-store.js';
import type { Document } from '../../../ports/read-models.js';
import type { DocumentStore } from './document-store.js';
import { difference, entriesOf, sameEntries, wordEntriesOf } from './index-entries.js';
import type { KeyDatabase } from './key-streams.js';
import type { LiveCollection } from './registry.js';
import { isOfWords, type CollectionRecord, type IndexRecord } from './registry-records.js';
import { transactionTarget, type WriteTarget } from './write-target.js';

const NOTHING = Buffer.alloc(0);

export class CollectionWriter {
  readonly #documents: DocumentStore;
  readonly #keys: KeyDatabase;

  constructor(documents: DocumentStore, keys: KeyDatabase) {
    this.#documents = documents;
    this.#keys = keys;
  }

  /** The collection's record; another one when an index's metadata changed (multikey or truncated key). */
  write(live: LiveCollection, record: CollectionRecord, { id, document, writtenOnce }: Pick<DocumentWrite, 'id' | 'document' | 'writtenOnce'>, target: WriteTarget): CollectionRecord {
    const isIndexed = record.indexes.length > 0 || record.text !== null;
    const before = isIndexed && writtenOnce !== true ? this.#documents.read(live, id) : undefined;
    this.#documents.write(live, id, document, target);
    return isIndexed ? this.#index(record, id, before, document, target) : record;
  }

  /** The index entries of a document that has none; within a transaction. */
  index(record: CollectionRecord, id: string, document: Document | undefined): CollectionRecord {
    return this.#index(record, id, undefined, document, transactionTarget);
  }

  #index(record: CollectionRecord, id: string, before: Document | undefined, document: Document | undefined, target: WriteTarget): CollectionRecord {
    this.#writeWords(record, id, before, document, target);
    const indexes = record.indexes.map((index) => this.#writeIndex(index, id, before, document, target));
    return indexes.every((index, place) => index === record.indexes[place]) ? record : { ...record, indexes };
  }

  #writeIndex(index: IndexRecord, id: string, before: Document | undefined, after: Document | undefined, target: WriteTarget): IndexRecord {
    if (sameEntries(index.fieldNames, before, after)) return index;
    const entries = entriesOf(index, after, id);
    const { removed, added } = difference(entriesOf(index, before, id).keys, entries.keys);
    this.#writeKeys(removed, added, target);
    const cut = index.cut || entries.cut;
    const multikey = index.multikey ?? entries.multikey;
    return cut === index.cut && multikey === index.multikey ? index : { ...index, cut, multikey };
  }

  #writeWords({ text, indexes }: CollectionRecord, id: string, before: Document | undefined, after: Document | undefined, target: WriteTarget): void {
    if (text === null || indexes.some(isOfWords) || sameEntries(text.fields, before, after)) return;
    const { removed, added } = difference(wordEntriesOf(text, before, id), wordEntriesOf(text, after, id));
    this.#writeKeys(removed, added, target);
  }

  #writeKeys(removed: readonly Buffer[], added: readonly Buffer[], target: WriteTarget): void {
    for (const key of removed) target.remove(this.#keys, key);
    for (const key of added) target.put(this.#keys, key, NOTHING);
  }
}
