import { FenceLost } from '../../src/ports/checkpoints.js';
import type { Position } from '../../src/ports/event-store.js';
import { MemoryCheckpoints } from './memory-checkpoints.js';

/** Checkpoints in memory that keep the promise about fences. */
export class FencedMemoryCheckpoints extends MemoryCheckpoints {
  readonly #fences = new Map<string, bigint>();

  override async get(name: string, fence?: bigint): Promise<Position> {
    this.#claim(name, fence);
    return super.get(name);
  }

  override async set(name: string, position: Position, fence?: bigint): Promise<void> {
    this.#claim(name, fence);
    return super.set(name, position);
  }

  #claim(name: string, fence: bigint | undefined): void {
    if (fence === undefined) return;
    if (fence < (this.#fences.get(name) ?? 0n)) throw new FenceLost(name, fence);
    this.#fences.set(name, fence);
  }
}
