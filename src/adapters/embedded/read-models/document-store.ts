import type { Document } from '../../../ports/read-models.js';
import { afterPrefix, documentKey, numberPrefix } from './key-encoding.js';
import { KeptDocuments } from './kept-documents.js';
import type { KeyDatabase } from './key-streams.js';
import type { LiveCollection } from './registry.js';

/** Documents under the number of their collection and their id. */
export class DocumentStore {
  readonly #database: KeyDatabase;
  /** Decoded documents, where nobody else writes them. */
  readonly #kept: KeptDocuments | undefined;

  constructor(database: KeyDatabase, keep: number) {
    this.#database = database;
    this.#kept = keep === 0 ? undefined : new KeptDocuments(keep);
  }

  read({ record, codec }: LiveCollection, id: string): Document | undefined {
    const kept = this.#kept?.get(record.number, id);
    if (kept !== undefined) return kept;
    const bytes = this.#database.getBinaryFast(documentKey(record.number, id));
    if (bytes === undefined) return undefined;
    const document = codec.decode(bytes);
    this.#kept?.set(record.number, id, document);
    return document;
  }

  write({ record, codec }: LiveCollection, id: string, document: Document): void {
    const bytes = codec.encode(document);
    this.#database.putSync(documentKey(record.number, id), bytes);
    this.#kept?.set(record.number, id, document);
  }

  remove({ record }: LiveCollection, id: string): void {
    this.#database.removeSync(documentKey(record.number, id));
    this.#kept?.delete(record.number, id);
  }

  /** After a transaction that failed: what is kept may be what was never written. */
  forget(): void {
    this.#kept?.clear();
  }

  *ids({ record }: LiveCollection): Generator<string> {
    const start = numberPrefix(record.number);
    for (const key of this.#database.getKeys({ start, end: afterPrefix(start) })) yield key.toString('utf8', 4);
  }

  size({ record }: LiveCollection): number {
    const start = numberPrefix(record.number);
    return this.#database.getKeysCount({ start, end: afterPrefix(start) });
  }
}
