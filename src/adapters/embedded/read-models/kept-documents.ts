import type { CollectionDefinition, Document, KeptDocuments, ReadCount } from '../../../ports/read-models.js';
import type { ReadCounts } from '../../../primitives/read-counts.js';
import type { DocumentStore } from './document-store.js';
import type { Registry } from './registry.js';

/** Decoded documents, of the generation that serves. */
export class KeptOnes implements KeptDocuments {
  readonly #counts: ReadCounts;
  readonly #documents: DocumentStore;
  readonly #registry: Registry;

  constructor(counts: ReadCounts, documents: DocumentStore, registry: Registry) {
    this.#counts = counts;
    this.#documents = documents;
    this.#registry = registry;
  }

  reads(collections: readonly string[]): ReadCount {
    return this.#counts.sum(collections);
  }

  resetReads(): void {
    this.#counts.reset();
  }

  forget<D extends Document>({ projection, name }: CollectionDefinition<D>, concerned: (document: D) => boolean = () => true): void {
    const live = this.#registry.serving(projection)?.collections.get(name);
    // A collection holds nothing but D.
    if (live !== undefined) this.#documents.drop(live, (document) => concerned(document as D));
  }
}
