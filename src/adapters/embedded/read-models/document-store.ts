import type { Document } from '../../../ports/read-models.js';
import { afterPrefix, documentKey, numberPrefix } from './key-encoding.js';
import type { KeyDatabase } from './key-streams.js';
import type { LiveCollection } from './registry.js';

/** Documents under the number of their collection and their id. */
export class DocumentStore {
  readonly #database: KeyDatabase;

  constructor(database: KeyDatabase) {
    this.#database = database;
  }

  read({ record, codec }: LiveCollection, id: string): Document | undefined {
    const bytes = this.#database.getBinaryFast(documentKey(record.number, id));
    return bytes === undefined ? undefined : codec.decode(bytes);
  }

  write({ record, codec }: LiveCollection, id: string, document: Document): void {
    const bytes = codec.encode(document);
    this.#database.putSync(documentKey(record.number, id), bytes);
  }

  remove({ record }: LiveCollection, id: string): void {
    this.#database.removeSync(documentKey(record.number, id));
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
