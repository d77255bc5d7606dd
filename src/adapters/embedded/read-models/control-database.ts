import type { Database } from 'lmdb';

type Part = string | number;

/** What the environment knows about itself: plain values under `[kind, ...]`. */
export class ControlDatabase {
  readonly #database: Database<unknown, Part[]>;

  constructor(database: Database<unknown, Part[]>) {
    this.#database = database;
  }

  // What was put under a kind is what is got from it: nobody else writes here.
  get<Value>(...key: Part[]): Value | undefined {
    return this.#database.get(key) as Value | undefined;
  }

  put(value: unknown, ...key: Part[]): void {
    this.#database.putSync(key, value);
  }

  /** Outside a transaction: left to the writing thread, within a batch that the caller waits for. */
  enqueue(value: unknown, ...key: Part[]): void {
    void this.#database.put(key, value);
  }

  remove(...key: Part[]): void {
    this.#database.removeSync(key);
  }

  /** The values of one kind, in the order of their keys. */
  all<Value>(kind: string): readonly Value[] {
    return [...this.#database.getRange({ start: [kind], end: [kind, LAST] })].map(({ value }) => value as Value);
  }
}

const LAST = '\u{10FFFF}';
