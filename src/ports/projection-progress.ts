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
  /** Set when its documents cannot be shown now. */
  readonly unavailable: UnavailableProjection | null;
}

/** A projection whose documents cannot be shown now. */
export interface UnavailableProjection {
  readonly projection: string;
  /** failed: it stopped at an event that it cannot apply. building: its documents are being made by its present rules. */
  readonly state: 'failed' | 'building';
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly reason: string;
}

/** The progress of the read models, for which read-your-writes waits. */
export interface ProjectionProgress {
  /** True once each of these projections has passed the position; false when the time is over first, or when one has failed. */
  waitFor(position: Position, timeoutMs: number, projections: readonly string[]): Promise<boolean>;
  /** The position that all of these have passed: what is read from them next shows at least everything up to it. */
  reached(projections: readonly string[]): Position | Promise<Position>;
  /** Those that cannot be shown now. Called for each request, so it answers at once where it can. */
  unavailable(projections: readonly string[]): readonly UnavailableProjection[] | Promise<readonly UnavailableProjection[]>;
  lag(): Promise<readonly ProjectionLag[]>;
}
