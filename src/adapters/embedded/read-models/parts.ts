import { CollectionWriter } from './collection-writer.js';
import { DocumentStore } from './document-store.js';
import type { Environment } from './environment.js';
import { IndexBuilder } from './index-builder.js';
import { Registry } from './registry.js';
import { Sweeper } from './sweeper.js';

/** What works together on one environment. */
export interface Parts {
  readonly environment: Environment;
  readonly registry: Registry;
  readonly documents: DocumentStore;
  readonly writer: CollectionWriter;
  readonly indexes: IndexBuilder;
  readonly sweeper: Sweeper;
}

export const partsOf = (environment: Environment): Parts => {
  const registry = new Registry(environment.control);
  const documents = new DocumentStore(environment.documents);
  const writer = new CollectionWriter(documents, environment.keys);
  const indexes = new IndexBuilder(environment, registry, documents, writer);
  return { environment, registry, documents, writer, indexes, sweeper: new Sweeper(environment.root, environment, registry) };
};
