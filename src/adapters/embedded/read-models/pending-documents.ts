import type { Document } from '../../../ports/read-models.js';

interface Pending {
  readonly document: Document | undefined;
  readonly commit: number;
}

/** Documents that the writing thread has not committed yet, as they will be. */
export class PendingDocuments {
  readonly #documents = new Map<number, Map<string, Pending>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(collection: number, id: string): Pending | undefined {
    return this.#size === 0 ? undefined : this.#documents.get(collection)?.get(id);
  }

  set(collection: number, id: string, document: Document | undefined, commit: number): void {
    let documents = this.#documents.get(collection);
    if (documents === undefined) this.#documents.set(collection, (documents = new Map<string, Pending>()));
    const before = documents.size;
    documents.set(id, { document, commit });
    this.#size += documents.size - before;
  }

  committed(commit: number): void {
    for (const documents of this.#documents.values()) {
      for (const [id, pending] of documents) {
        if (pending.commit > commit) continue;
        documents.delete(id);
        this.#size -= 1;
      }
    }
  }

  clear(): void {
    this.#documents.clear();
    this.#size = 0;
  }
}
