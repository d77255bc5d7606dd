import { durably } from '../durable-write.js';
import { CollectionWriter } from './collection-writer.js';
import { Committer } from './committer.js';
import { DocumentStore } from './document-store.js';
import type { Environment } from './environment.js';
import { IndexBuilder } from './index-builder.js';
import { Registry } from './registry.js';
import { Sweeper } from './sweeper.js';

export interface Adapters {
  readonly environment: Environment;
  readonly registry: Registry;
  readonly documents: DocumentStore;
  readonly committer: Committer;
  readonly indexes: IndexBuilder;
  readonly sweeper: Sweeper;
}

const KEPT_DOCUMENTS = 60_000;

/** exclusive: no other process writes documents or generations meanwhile. */
export const partsOf = (environment: Environment, exclusive: boolean): Adapters => {
  const registry = new Registry(environment.control, exclusive);
  const documents = new DocumentStore(environment.documents, exclusive ? KEPT_DOCUMENTS : 0);
  const writer = new CollectionWriter(documents, environment.keys);
  const indexes = new IndexBuilder(environment, registry, documents, writer);
  const committer = new Committer((action) => durably(environment.root.batch(action)), registry, documents, writer);
  return { environment, registry, documents, committer, indexes, sweeper: new Sweeper(environment.root, environment, registry) };
};
