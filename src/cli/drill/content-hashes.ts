import { createHash } from 'node:crypto';
import type { ReadModels } from '../../ports/read-models.js';
import { canonicalJson } from '../../primitives/canonical-json.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import { everyPage } from '../../projections/kernel/slice.js';

const PAGE = 1_000;

export interface ContentHash {
  readonly documents: number;
  /** SHA-256 in hex, over every document in the order of ids. */
  readonly hash: string;
}

/** What each read model holds, by its name. Where nothing is sorted by, documents come in the order of ids. */
export const contentHashes = async (readModels: ReadModels, projections: readonly ProjectionDefinition[]): Promise<ReadonlyMap<string, ContentHash>> => {
  const hashes = new Map<string, ContentHash>();
  for (const { name, collections } of projections) {
    const hash = createHash('sha256');
    let documents = 0;
    for (const collection of collections) {
      hash.update(`${collection.name}\n`);
      for await (const found of everyPage(readModels, collection, PAGE)) {
        for (const document of found) hash.update(`${canonicalJson(document)}\n`);
        documents += found.length;
      }
    }
    hashes.set(name, { documents, hash: hash.digest('hex') });
  }
  return hashes;
};
