import type { Document } from '../../../ports/read-models.js';

/** Decoded documents by the number of their collection and their id, as a two-generation cache (see RecentlyUsed). */
export class KeptDocuments {
  readonly #generationSize: number;
  #young = new Map<number, Map<string, Document>>();
  #old = new Map<number, Map<string, Document>>();
  #youngSize = 0;

  constructor(capacity: number) {
    this.#generationSize = capacity / 2;
  }

  get(collection: number, id: string): Document | undefined {
    const young = this.#young.get(collection)?.get(id);
    if (young !== undefined) return young;
    const old = this.#old.get(collection)?.get(id);
    if (old !== undefined) this.set(collection, id, old);
    return old;
  }

  set(collection: number, id: string, document: Document): void {
    let documents = this.#young.get(collection);
    if (documents === undefined) this.#young.set(collection, (documents = new Map<string, Document>()));
    const size = documents.size;
    documents.set(id, document);
    if (documents.size === size) return;
    this.#youngSize += 1;
    if (this.#youngSize <= this.#generationSize) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#youngSize = 0;
  }

  delete(collection: number, id: string): void {
    this.#young.get(collection)?.delete(id);
    this.#old.get(collection)?.delete(id);
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#youngSize = 0;
  }
}
