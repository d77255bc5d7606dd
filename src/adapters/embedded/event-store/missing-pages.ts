import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Key } from 'lmdb';

/** At the start of an LMDB page, with its type. Zeros are of no type, so that LMDB refuses such a page. */
const HEADER_BYTES = 24;
const MARK_BYTES = 16;
const READ_IN_ONE_TURN = 1_000;

interface Place {
  readonly path: string;
  readonly pageSize: number;
  /** Bytes that the file must have. */
  readonly expected: number;
}

/**
 * Pages at the end of a log's file that LMDB counts on and that are not there: it does not write those that were freed in the
 * transaction that took them, and a file that was cut off has lost its newest. They are filled with a mark, and whoever finds the
 * mark by reading everything knows that the file was cut off.
 */
export class MissingPages {
  readonly #path: string;
  readonly #from: number;
  /** What was there of a page of which a part was there. */
  readonly #rest: Buffer;
  readonly #mark = randomBytes(MARK_BYTES);

  private constructor({ path, pageSize, expected }: Place, size: number) {
    this.#path = path;
    this.#from = Math.floor(size / pageSize) * pageSize;
    this.#rest = Buffer.alloc(size - this.#from);
    const page = Buffer.concat([Buffer.alloc(HEADER_BYTES), Buffer.alloc(pageSize - HEADER_BYTES, this.#mark)]);
    const file = openSync(path, 'r+');
    try {
      readSync(file, this.#rest, 0, this.#rest.length, this.#from);
      for (let at = this.#from; at < expected; at += pageSize) writeSync(file, page, 0, pageSize, at);
    } finally {
      closeSync(file);
    }
  }

  /** Null: all are there. LMDB must not have read any of them. */
  static filled(place: Place): MissingPages | null {
    const { size } = statSync(place.path);
    return size < place.expected ? new MissingPages(place, size) : null;
  }

  /** Reads every value, and lets others have a turn in between; true: one is in a page that was missing. */
  async areUsedBy(databases: readonly Pick<Database<unknown, Key>, 'getKeys' | 'getBinary'>[]): Promise<boolean> {
    let read = 0;
    for (const database of databases) {
      for (const key of database.getKeys()) {
        const value = database.getBinary(key);
        if (value === undefined || value.includes(this.#mark)) return true;
        read += 1;
        if (read % READ_IN_ONE_TURN === 0) await nextTurn();
      }
    }
    return false;
  }

  /** The file is as it was found. Nobody may have it open. */
  takeBack(): void {
    truncateSync(this.#path, this.#from);
    const file = openSync(this.#path, 'r+');
    try {
      writeSync(file, this.#rest, 0, this.#rest.length, this.#from);
    } finally {
      closeSync(file);
    }
  }
}
