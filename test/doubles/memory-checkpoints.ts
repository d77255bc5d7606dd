import type { Checkpoints } from '../../src/ports/checkpoints.js';
import type { Position } from '../../src/ports/event-store.js';

/** Checkpoints in memory that a test can wait on. */
export class MemoryCheckpoints implements Checkpoints {
  readonly #positions = new Map<string, Position>();
  readonly #watchers = new Set<() => void>();

  get(name: string): Promise<Position> {
    return Promise.resolve(this.#positions.get(name) ?? 0n);
  }

  set(name: string, position: Position): Promise<void> {
    this.#positions.set(name, position);
    for (const notify of [...this.#watchers]) notify();
    return Promise.resolve();
  }

  /** Resolves once each of them has reached the head, as it is then: nothing is left to do. */
  async whenLevel(names: readonly string[], head: () => Promise<Position>): Promise<void> {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        const notify = (): void => {
          this.#watchers.delete(notify);
          resolve();
        };
        this.#watchers.add(notify);
      });
      const end = await head();
      if (names.every((name) => (this.#positions.get(name) ?? 0n) >= end)) return;
      await changed;
    }
  }
}
