import type { Document } from '../../../ports/read-models.js';
import { afterPrefix, documentKey, numberPrefix } from './key-encoding.js';
import { KeptDocuments } from './kept-documents.js';
import type { KeyDatabase } from './key-streams.js';
import { PendingDocuments } from './pending-documents.js';
import type { LiveCollection } from './registry.js';
import type { WriteTarget } from './write-target.js';

export class DocumentStore {
  readonly #database: KeyDatabase;
  readonly #kept: KeptDocuments | undefined;
  readonly pending = new PendingDocuments();

  constructor(database: KeyDatabase, keep: number) {
    this.#database = database;
    this.#kept = keep === 0 ? undefined : new KeptDocuments(keep);
  }

  /** The document as of the last commit, also one that is still being written. */
  read(live: LiveCollection, id: string): Document | undefined {
    const { number } = live.record;
    const kept = this.#kept?.get(number, id);
    if (kept !== undefined) return kept;
    const pending = this.pending.get(number, id);
    if (pending !== undefined) return pending.document;
    const document = this.#decode(live, id);
    if (document !== undefined) this.#kept?.set(number, id, document);
    return document;
  }

  readStored(live: LiveCollection, id: string): Document | undefined {
    return this.pending.get(live.record.number, id) === undefined ? this.read(live, id) : this.#decode(live, id);
  }

  write({ record, codec }: LiveCollection, id: string, document: Document | undefined, target: WriteTarget): void {
    // The target may keep it for a while.
    const key = Buffer.from(documentKey(record.number, id));
    if (document === undefined) target.remove(this.#database, key);
    else target.put(this.#database, key, codec.encode(document));
  }

  written({ record: { number } }: LiveCollection, id: string, document: Document | undefined): void {
    if (document === undefined) this.#kept?.delete(number, id);
    else this.#kept?.set(number, id, document);
  }

  /** Call after a failed transaction: kept documents may be ones that were never written. */
  forget(): void {
    this.#kept?.clear();
    this.pending.clear();
  }

  *ids({ record }: LiveCollection): Generator<string> {
    const start = numberPrefix(record.number);
    for (const key of this.#database.getKeys({ start, end: afterPrefix(start) })) yield key.toString('utf8', 4);
  }

  size({ record }: LiveCollection): number {
    const start = numberPrefix(record.number);
    return this.#database.getKeysCount({ start, end: afterPrefix(start) });
  }

  #decode({ record, codec }: LiveCollection, id: string): Document | undefined {
    const bytes = this.#database.getBinaryFast(documentKey(record.number, id));
    return bytes === undefined ? undefined : codec.decode(bytes);
  }
}
