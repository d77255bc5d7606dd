import type { KeyDatabase } from './key-streams.js';

/** Commits what the action enqueues in one transaction, on lmdb's writing thread; rejects when nothing of it was written. */
export type Batch = (action: () => void) => Promise<unknown>;

export interface WriteTarget {
  put(database: KeyDatabase, key: Buffer, value: Buffer): void;
  remove(database: KeyDatabase, key: Buffer): void;
}

/** Writes at once, within a transaction. */
export const transactionTarget: WriteTarget = {
  put: (database, key, value) => void database.putSync(key, value),
  remove: (database, key) => void database.removeSync(key),
};

interface Write {
  readonly database: KeyDatabase;
  readonly key: Buffer;
  readonly value: Buffer | undefined;
}

/** Gathers writes, so that a commit that can't be completed leaves nothing; then hands them to lmdb's writing thread. */
export class GatheredWrites implements WriteTarget {
  readonly writes: Write[] = [];

  put(database: KeyDatabase, key: Buffer, value: Buffer): void {
    this.writes.push({ database, key, value });
  }

  remove(database: KeyDatabase, key: Buffer): void {
    this.writes.push({ database, key, value: undefined });
  }

  add({ writes }: { readonly writes: readonly Write[] }): void {
    for (const write of writes) this.writes.push(write);
  }

  /** Resolves when all of them, and what `also` enqueues, are committed in one transaction; rejects when nothing is. */
  async handOver(batch: Batch, also: () => void): Promise<void> {
    await batch(() => {
      for (const { database, key, value } of this.writes) {
        if (value === undefined) void database.remove(key);
        else void database.put(key, value);
      }
      also();
    });
  }
}
