import type { LogScale, Position } from './event-store.js';

export interface ProjectionLag {
  readonly projection: string;
  readonly checkpoint: Position;
  /** Between the checkpoint and the head of the log; at least 1 when something is missing. */
  readonly behind: bigint;
  /** Of `behind`: events (embedded) or bytes of the log (EventStoreDB). */
  readonly unit: LogScale['unit'];
  /** Age of the oldest event that is missing; 0 when none is. */
  readonly secondsBehind: number;
  /** Set when the projection stopped because an event could not be applied. */
  readonly failure: string | null;
}

/** How far the serving read models are: what read-your-writes waits for. */
export interface ProjectionProgress {
  /** True once every serving projection has passed the position; false when the time is over first. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;
  lag(): Promise<readonly ProjectionLag[]>;
}
