import type { Checkpoints } from '../ports/checkpoints.js';
import type { Position } from '../ports/event-store.js';

/** Writes a checkpoint that moves faster than it is written: one write at a time, and then one of the newest position. */
export class CoalescedCheckpoint {
  readonly #checkpoints: Checkpoints;
  readonly #name: string;
  readonly #target: () => Position;
  #saved: Position | undefined;
  #saving: Promise<void> | undefined;
  readonly #failed = new AbortController();

  /** `target`: the position to be written, asked for at each write. */
  constructor(checkpoints: Checkpoints, name: string, target: () => Position) {
    this.#checkpoints = checkpoints;
    this.#name = name;
    this.#target = target;
  }

  /** Resolves once the position that is the target now, or a later one, is written. */
  save(): Promise<void> {
    this.#saving ??= this.#write();
    return this.#saving;
  }

  /** Aborts, with the error as its reason, when a write failed that nobody waited for. */
  get failed(): AbortSignal {
    return this.#failed.signal;
  }

  saveBehind(): void {
    this.save().catch((error: unknown) => this.#failed.abort(error));
  }

  async #write(): Promise<void> {
    // The caller has to keep this promise first.
    await Promise.resolve();
    try {
      for (let target = this.#target(); target !== this.#saved; target = this.#target()) {
        await this.#checkpoints.set(this.#name, target);
        this.#saved = target;
      }
    } finally {
      // In the turn of the last look: a caller between the two would share a write that no longer looks.
      this.#saving = undefined;
    }
  }
}
