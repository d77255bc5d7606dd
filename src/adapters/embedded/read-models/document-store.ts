import type { Document } from '../../../ports/read-models.js';
import { afterPrefix, documentKey, numberPrefix } from './key-encoding.js';
import type { CacheShare } from '../../../primitives/cache-budget.js';
import { memorySizeOf } from '../../../primitives/memory-size.js';
import type { Count } from '../../../primitives/read-counts.js';
import { RecentlyUsed } from '../../../primitives/recently-used.js';
import type { KeyDatabase } from './key-streams.js';
import { PendingDocuments } from './pending-documents.js';
import type { LiveCollection } from './registry.js';
import type { WriteTarget } from './write-target.js';

/** Of an entry with its key. */
const ENTRY_BYTES = 160;

const keyOf = (collection: number, id: string): string => `${collection}/${id}`;

export class DocumentStore {
  readonly #database: KeyDatabase;
  /** Decoded documents by the number of their collection and their id. */
  readonly #kept: RecentlyUsed<Document> | undefined;
  readonly pending = new PendingDocuments();

  constructor(database: KeyDatabase, cache: CacheShare | undefined) {
    this.#database = database;
    const capacity = cache?.join(() => this.#kept?.weight ?? 0);
    this.#kept = capacity === undefined ? undefined : new RecentlyUsed(capacity, (document) => ENTRY_BYTES + memorySizeOf(document));
  }

  /** The document as of the last commit, also one that is still being written. */
  read(live: LiveCollection, id: string, count?: Count): Document | undefined {
    const { number } = live.record;
    const kept = this.#kept?.get(keyOf(number, id));
    const pending = kept === undefined ? this.pending.get(number, id) : undefined;
    if (kept !== undefined || pending !== undefined) {
      if (count !== undefined) count.hits += 1;
      return kept ?? pending?.document;
    }
    const document = this.#decode(live, id, count);
    if (document !== undefined) this.#kept?.set(keyOf(number, id), document);
    return document;
  }

  readStored(live: LiveCollection, id: string, count?: Count): Document | undefined {
    return this.pending.get(live.record.number, id) === undefined ? this.read(live, id, count) : this.#decode(live, id, count);
  }

  /** The next read of such a document of the collection decodes it again. */
  drop({ record: { number } }: LiveCollection, isConcerned: (document: Document) => boolean): void {
    const prefix = keyOf(number, '');
    this.#kept?.deleteWhere((document, key) => key.startsWith(prefix) && isConcerned(document));
  }

  write({ record, codec }: LiveCollection, id: string, document: Document | undefined, target: WriteTarget): void {
    // The target may keep it for a while.
    const key = Buffer.from(documentKey(record.number, id));
    if (document === undefined) target.remove(this.#database, key);
    else target.put(this.#database, key, codec.encode(document));
  }

  written({ record: { number } }: LiveCollection, id: string, document: Document | undefined): void {
    if (document === undefined) this.#kept?.delete(keyOf(number, id));
    else this.#kept?.set(keyOf(number, id), document);
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

  #decode({ record, codec }: LiveCollection, id: string, count?: Count): Document | undefined {
    if (count !== undefined) {
      count.misses += 1;
      count.calls += 1;
    }
    try {
      const bytes = this.#database.getBinaryFast(documentKey(record.number, id));
      return bytes === undefined ? undefined : codec.decode(bytes);
    } catch (error) {
      if (count !== undefined) count.errors += 1;
      throw error;
    }
  }
}
