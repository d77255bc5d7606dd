import type { Checkpoints } from '../../ports/checkpoints.js';
import type { Position } from '../../ports/event-store.js';
import type { LogEnvironment } from './event-store/log-environment.js';

/** Beside the log, in its environment: one file to back up, and a checkpoint is never of another log. */
export class LmdbCheckpoints implements Checkpoints {
  readonly #checkpoints: LogEnvironment['checkpoints'];

  constructor({ checkpoints }: Pick<LogEnvironment, 'checkpoints'>) {
    this.#checkpoints = checkpoints;
  }

  async get(name: string): Promise<Position> {
    return BigInt(this.#checkpoints.get(name) ?? 0);
  }

  async set(name: string, position: Position): Promise<void> {
    await this.#checkpoints.put(name, position.toString());
  }
}
