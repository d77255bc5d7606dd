import type { Checkpoints } from '../../ports/checkpoints.js';
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

const keyOf = ({ name, fence }: Owned): string => `${fence ?? ''} ${name}`;

/**
 * Checkpoints that are written a moment after they are set, all together, so that followers cost no flush for each event.
 * A write that fails, also with FenceLost, rejects the next set of the same checkpoint. Reading writes first.
 */
export class WrittenBehindCheckpoints implements Checkpoints {
  readonly #checkpoints: Checkpoints;
  readonly #unwritten = new Map<string, Unwritten>();
  readonly #failures = new Map<string, { readonly error: unknown }>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(checkpoints: Checkpoints) {
    this.#checkpoints = checkpoints;
  }

  async get(name: string, fence?: bigint): Promise<Position> {
    await this.#write();
    this.#failures.delete(keyOf({ name, fence }));
    return this.#checkpoints.get(name, fence);
  }

  async set(name: string, position: Position, fence?: bigint): Promise<void> {
    const key = keyOf({ name, fence });
    const failure = this.#failures.get(key);
    this.#failures.delete(key);
    if (failure !== undefined) throw failure.error;
    this.#unwritten.set(key, { name, fence, position });
    this.#timer ??= setTimeout(() => void this.#write(), WRITE_AFTER_MS);
  }

  /** Writes what was set. What can't be written is repeated by the next process. */
  async close(): Promise<void> {
    await this.#write();
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#writeAll());
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    const all = [...this.#unwritten];
    this.#unwritten.clear();
    await Promise.all(all.map(([key, unwritten]) => this.#writeOne(key, unwritten)));
  }

  async #writeOne(key: string, { name, position, fence }: Unwritten): Promise<void> {
    try {
      await this.#checkpoints.set(name, position, fence);
    } catch (error) {
      this.#failures.set(key, { error });
    }
  }
}
