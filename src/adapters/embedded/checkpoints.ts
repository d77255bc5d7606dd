import { FenceLost, type Checkpoints } from '../../ports/checkpoints.js';
import type { Position } from '../../ports/event-store.js';
import { durably } from './durable-write.js';
import type { LogEnvironment } from './event-store/log-environment.js';

/**
 * Checkpoints in the log's environment: one file to back up, and never a checkpoint of another log. Fences are kept in memory,
 * like the leases, because one process owns the folder.
 */
export class LmdbCheckpoints implements Checkpoints {
  readonly #checkpoints: LogEnvironment['checkpoints'];
  readonly #fences = new Map<string, bigint>();

  constructor({ checkpoints }: Pick<LogEnvironment, 'checkpoints'>) {
    this.#checkpoints = checkpoints;
  }

  async get(name: string, fence?: bigint): Promise<Position> {
    this.#claim(name, fence);
    return BigInt(this.#checkpoints.get(name) ?? 0);
  }

  async set(name: string, position: Position, fence?: bigint): Promise<void> {
    this.#claim(name, fence);
    await durably(this.#checkpoints.put(name, position.toString()));
  }

  #claim(name: string, fence: bigint | undefined): void {
    if (fence === undefined) return;
    if (fence < (this.#fences.get(name) ?? 0n)) throw new FenceLost(name, fence);
    this.#fences.set(name, fence);
  }
}
