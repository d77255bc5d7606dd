import { statfsSync } from 'node:fs';

const RESERVED_BYTES = 64 * 1_048_576;
const LOOK_AGAIN_MS = 250;

export type FreeBytes = (folder: string) => number;

const freeBytesOn: FreeBytes = (folder) => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

/**
 * Watches the room on the log's disk. A write that fails for lack of room leaves lmdb in a state that only a restart cures; so
 * appends are refused while there is still some room, and accepted again by themselves.
 */
export class DiskReserve {
  readonly #folder: string;
  readonly #freeBytes: FreeBytes;
  readonly #now: () => number;
  #lookedAt = -Infinity;
  #isShort = false;

  constructor(folder: string, freeBytes: FreeBytes = freeBytesOn, now: () => number = Date.now) {
    this.#folder = folder;
    this.#freeBytes = freeBytes;
    this.#now = now;
  }

  /** The result of a look at most a quarter of a second ago; false for a disk that can't be asked. */
  get isShort(): boolean {
    const now = this.#now();
    if (now - this.#lookedAt < LOOK_AGAIN_MS) return this.#isShort;
    this.#lookedAt = now;
    try {
      this.#isShort = this.#freeBytes(this.#folder) < RESERVED_BYTES;
    } catch {
      this.#isShort = false;
    }
    return this.#isShort;
  }

  get shortage(): string {
    return `less than ${RESERVED_BYTES / 1_048_576} MB are free on the disk of ${this.#folder}; writing goes on by itself once there is room`;
  }
}
