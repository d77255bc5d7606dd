import type { Position } from './event-store.js';

/**
 * Where workers, process managers and bus consumers keep how far they have come. Unlike read models these are
 * not disposable, yet they may lag behind (what was set a moment before a crash may be lost): whoever uses them is idempotent.
 *
 * Work that has one owner at a time passes the fence of its lease: reading claims the checkpoint for that fence, and
 * from then on whoever comes with a smaller one is refused with FenceLost.
 *
 * Where the place can't be reached they reject with CheckpointsUnavailable: what was set may stand or not.
 */
export interface Checkpoints {
  /** 0n when there is none. */
  get(name: string, fence?: bigint): Promise<Position>;
  set(name: string, position: Position, fence?: bigint): Promise<void>;
}

/** Another process has taken this work over. Nothing was written. */
export class FenceLost extends Error {
  override readonly name = 'FenceLost';

  constructor(checkpoint: string, fence: bigint) {
    super(`the checkpoint ${checkpoint} was claimed after the lease with fence ${fence}`);
  }
}

export class CheckpointsUnavailable extends Error {
  override readonly name = 'CheckpointsUnavailable';
}

/** The checkpoints as the owner of that lease uses them. */
export const fencedCheckpoints = (checkpoints: Checkpoints, fence: bigint): Checkpoints => ({
  get: (name) => checkpoints.get(name, fence),
  set: (name, position) => checkpoints.set(name, position, fence),
});
