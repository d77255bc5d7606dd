import type { Database } from 'lmdb';

type Part = string | number;

/** Facts about the environment itself: plain values under `[kind, ...]`. */
export class ControlDatabase {
  readonly #database: Database<unknown, Part[]>;

  constructor(database: Database<unknown, Part[]>) {
    this.#database = database;
  }

  // Only this class writes here, so a kind has the type that was put.
  get<Value>(...key: Part[]): Value | undefined {
    return this.#database.get(key) as Value | undefined;
  }

  put(value: unknown, ...key: Part[]): void {
    this.#database.putSync(key, value);
  }

  /** Call outside a transaction, within a batch that the caller awaits. */
  enqueue(value: unknown, ...key: Part[]): void {
    void this.#database.put(key, value);
  }

  remove(...key: Part[]): void {
    this.#database.removeSync(key);
  }

  all<Value>(kind: string): readonly Value[] {
    return [...this.#database.getRange({ start: [kind], end: [kind, LAST] })].map(({ value }) => value as Value);
  }
}

const LAST = '\u{10FFFF}';
