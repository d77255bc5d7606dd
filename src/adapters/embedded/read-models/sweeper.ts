import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RootDatabase } from 'lmdb';
import { afterPrefix, numberPrefix } from './key-encoding.js';
import type { KeyDatabase } from './key-streams.js';
import type { Garbage, Registry } from './registry.js';

const KEYS_AT_ONCE = 1_000;

/** Deletes the keys of dropped generations, a few at a time; a crash leaves the rest to the next start. */
export class Sweeper {
  readonly #environment: RootDatabase;
  readonly #databases: Readonly<Record<Garbage['database'], KeyDatabase>>;
  readonly #registry: Registry;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(environment: RootDatabase, databases: Readonly<Record<Garbage['database'], KeyDatabase>>, registry: Registry) {
    this.#environment = environment;
    this.#databases = databases;
    this.#registry = registry;
  }

  start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    await nextTurn();
    for (let garbage = this.#next(); garbage !== undefined; garbage = this.#next()) {
      this.#sweepSome(garbage);
      await nextTurn();
    }
  }

  #next(): Garbage | undefined {
    return this.#stopped ? undefined : this.#registry.garbage()[0];
  }

  #sweepSome(garbage: Garbage): void {
    const database = this.#databases[garbage.database];
    const start = numberPrefix(garbage.number);
    this.#environment.transactionSync(() => {
      const keys = [...database.getKeys({ start, end: afterPrefix(start), limit: KEYS_AT_ONCE })];
      for (const key of keys) database.removeSync(key);
      if (keys.length < KEYS_AT_ONCE) this.#registry.swept(garbage);
    });
  }
}
