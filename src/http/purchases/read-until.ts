import type { Position } from '../../ports/event-store.js';
import type { ProjectionProgress } from '../../ports/projection-progress.js';
import type { ProjectionName } from '../../projections/index.js';

export interface ReadProgress {
  readonly progress: Pick<ProjectionProgress, 'reached' | 'waitFor'>;
}

/** A value, and a position at which the route's read models show at least what it shows. */
export interface ReadValue<Value> {
  readonly value: Value;
  readonly position: Position;
}

/**
 * Reads again with every step of these read models until the value is complete or the time is over; answers the last
 * value read. For what workers do after a command: the wait ends as soon as they have done it. `timeoutMs`: milliseconds.
 */
export const readUntil = async <Value>(
  { progress }: ReadProgress,
  reads: readonly ProjectionName[],
  read: () => Promise<Value>,
  isDone: (value: Value) => boolean,
  timeoutMs: number,
): Promise<ReadValue<Value>> => {
  const deadline = performance.now() + timeoutMs;
  const left = (): number => Math.max(0, Math.ceil(deadline - performance.now()));
  for (;;) {
    const before = await progress.reached(reads);
    const value = await read();
    // A step may have come while the value was read.
    if (isDone(value)) return { value, position: await progress.reached(reads) };
    if (!(await progress.waitFor(before + 1n, left(), reads))) return { value, position: before };
  }
};
