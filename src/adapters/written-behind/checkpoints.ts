import { FenceLost, type Checkpoints } from '../../ports/checkpoints.js';
import type { Position } from '../../ports/event-store.js';

interface Owned {
  readonly name: string;
  readonly fence: bigint | undefined;
}

interface Unwritten extends Owned {
  readonly position: Position;
}

/** A crash repeats this much more; all that is set within it becomes one write of each checkpoint. */
const WRITE_AFTER_MS = 100;
/** After a write that failed. */
const WRITE_AGAIN_MS = 1_000;

const keyOf = ({ name, fence }: Owned): string => `${fence ?? ''} ${name}`;

/**
 * Checkpoints that are written a moment after they are set, all together, so that followers cost no flush for each event. What
 * can't be written is kept and tried again; the next set is told once. Whoever has lost the fence is told, too, and what it set is gone.
 */
export class WrittenBehindCheckpoints implements Checkpoints {
  readonly #checkpoints: Checkpoints;
  /** Stays until it is written. */
  readonly #unwritten = new Map<string, Unwritten>();
  readonly #failures = new Map<string, { readonly error: unknown }>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(checkpoints: Checkpoints) {
    this.#checkpoints = checkpoints;
  }

  async get(name: string, fence?: bigint): Promise<Position> {
    const key = keyOf({ name, fence });
    // Whoever looks on is not made to wait for a write.
    if (fence === undefined) return this.#unwritten.get(key)?.position ?? this.#checkpoints.get(name);
    // What this process set under an earlier fence comes first: after the claim it would be refused.
    if ([...this.#unwritten.values()].some((unwritten) => unwritten.name === name)) await this.#write();
    this.#failures.delete(key);
    return this.#checkpoints.get(name, fence);
  }

  async set(name: string, position: Position, fence?: bigint): Promise<void> {
    const key = keyOf({ name, fence });
    const failure = this.#failures.get(key);
    this.#failures.delete(key);
    if (failure !== undefined) throw failure.error;
    this.#unwritten.set(key, { name, fence, position });
    this.#writeAfter(WRITE_AFTER_MS);
  }

  /** Writes what was set. What can't be written is repeated by the next process. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#write();
  }

  #writeAfter(milliseconds: number): void {
    if (!this.#isClosed) this.#timer ??= setTimeout(() => void this.#write(), milliseconds);
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#writeAll());
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    await Promise.all([...this.#unwritten].map(([key, unwritten]) => this.#writeOne(key, unwritten)));
  }

  async #writeOne(key: string, unwritten: Unwritten): Promise<void> {
    const { name, position, fence } = unwritten;
    let isOver = true;
    try {
      await this.#checkpoints.set(name, position, fence);
    } catch (error) {
      isOver = error instanceof FenceLost;
      this.#failures.set(key, { error });
      if (!isOver) this.#writeAfter(WRITE_AGAIN_MS);
    }
    // A later one may have been set meanwhile.
    if (isOver && this.#unwritten.get(key) === unwritten) this.#unwritten.delete(key);
  }
}
