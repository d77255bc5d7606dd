import { CacheShare } from '../../../primitives/cache-budget.js';
import { durably } from '../durable-write.js';
import { CollectionWriter } from './collection-writer.js';
import { Committer } from './committer.js';
import { DocumentStore } from './document-store.js';
import type { Environment } from './environment.js';
import { IndexBuilder } from './index-builder.js';
import { ReadCounts } from '../../../primitives/read-counts.js';
import { KeptOnes } from './kept-documents.js';
import { Registry } from './registry.js';
import { Sweeper } from './sweeper.js';

export interface Adapters {
  readonly environment: Environment;
  readonly registry: Registry;
  readonly documents: DocumentStore;
  readonly counts: ReadCounts;
  readonly kept: KeptOnes;
  readonly committer: Committer;
  readonly indexes: IndexBuilder;
  readonly sweeper: Sweeper;
}

/** exclusive: no other process writes documents or generations meanwhile, so that decoded ones may be kept in the cache. */
export const partsOf = (environment: Environment, exclusive: boolean, cache = new CacheShare()): Adapters => {
  const registry = new Registry(environment.control, exclusive);
  const documents = new DocumentStore(environment.documents, exclusive ? cache : undefined);
  const counts = new ReadCounts();
  const kept = new KeptOnes(counts, documents, registry);
  const writer = new CollectionWriter(documents, environment.keys);
  const indexes = new IndexBuilder(environment, registry, documents, writer);
  const committer = new Committer((action) => durably(environment.root.batch(action)), registry, documents, writer);
  return { environment, registry, documents, counts, kept, committer, indexes, sweeper: new Sweeper(environment.root, environment, registry) };
};
