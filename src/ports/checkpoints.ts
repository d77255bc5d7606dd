import type { Position } from './event-store.js';

/**
 * Where workers, process managers and bus consumers keep how far they have come. Unlike read models these are
 * not disposable, yet they may lag behind: whoever uses them is idempotent.
 */
export interface Checkpoints {
  /** 0n when there is none. */
  get(name: string): Promise<Position>;
  set(name: string, position: Position): Promise<void>;
}
