import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** At the start of an LMDB page, with its type. Zeros are of no type, so that LMDB refuses such a page. */
const HEADER_BYTES = 24;
const MARK_BYTES = 16;
/** They say nothing of the file. */
const INTERRUPTIONS = new Set<unknown>(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL']);
const READER = join(import.meta.dirname, 'read-log-through.js');

export interface ExpectedFile {
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
class MissingPages {
  readonly #path: string;
  readonly #from: number;
  /** What was there of a page of which a part was there. */
  readonly #rest: Buffer;
  readonly #mark = randomBytes(MARK_BYTES);

  constructor({ path, pageSize, expected }: ExpectedFile, size: number) {
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

  /** Read by another process: LMDB aborts the one that comes to some of these pages. */
  async areUsed(): Promise<boolean> {
    const reader = spawn(process.execPath, [READER, dirname(this.#path), this.#mark.toString('hex')], { stdio: 'ignore' });
    const [code, signal]: unknown[] = await once(reader, 'exit');
    if (INTERRUPTIONS.has(signal)) throw new Error(`reading ${this.#path} through was interrupted (${String(signal)})`);
    return code !== 0;
  }

  /** The file is as it was found. */
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

/** Whether something that is kept is in pages that are missing; then the file is left as it was. Nobody may have it open. */
export const isCutOff = async (file: ExpectedFile): Promise<boolean> => {
  const { size } = statSync(file.path);
  if (size >= file.expected) return false;
  const missing = new MissingPages(file, size);
  let areUnused = false;
  try {
    areUnused = !(await missing.areUsed());
    return !areUnused;
  } finally {
    if (!areUnused) missing.takeBack();
  }
};
