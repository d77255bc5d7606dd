import type { Position } from './event-store.js';

export interface ProjectionLag {
  readonly projection: string;
  readonly checkpoint: Position;
  /** Events (embedded) or bytes of log (EventStoreDB) between the checkpoint and the head. */
  readonly behind: bigint;
  /** Set when the projection stopped because an event could not be applied. */
  readonly failure: string | null;
}

/** How far the serving read models are: what read-your-writes waits for. */
export interface ProjectionProgress {
  /** True once every serving projection has passed the position; false when the time is over first. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;
  lag(): Promise<readonly ProjectionLag[]>;
}
