import type { EventStore, Position } from '../../ports/event-store.js';
import type { ProjectionProgress } from '../../ports/projection-progress.js';
import type { ProjectionName } from '../../projections/index.js';

export interface ReadProgress {
  readonly store: Pick<EventStore, 'head'>;
  readonly progress: Pick<ProjectionProgress, 'waitFor'>;
}

/** A value, and how far the log was when all that the route reads showed what it shows. */
export interface ReadValue<Value> {
  readonly value: Value;
  readonly position: Position;
}

/**
 * Reads again with every change of the read models until the value is as wished or the time is over; answers the
 * last value read. For what workers do after a command: the wait ends as soon as they have done it.
 */
export const readUntil = async <Value>(
  { store, progress }: ReadProgress,
  reads: readonly ProjectionName[],
  read: () => Promise<Value>,
  isDone: (value: Value) => boolean,
  timeoutMs: number,
): Promise<ReadValue<Value>> => {
  const deadline = performance.now() + timeoutMs;
  const left = (): number => Math.max(0, Math.ceil(deadline - performance.now()));
  for (;;) {
    const head = await store.head();
    const inTime = await progress.waitFor(head, left(), reads);
    const value = await read();
    if (isDone(value)) {
      // The read model that shows it may be ahead of the others.
      const position = await store.head();
      await progress.waitFor(position, left(), reads);
      return { value, position };
    }
    if (!inTime || left() === 0) return { value, position: head };
    // Whatever the value does not show yet comes after the head: the next event of the log is worth another look.
    await progress.waitFor(head + 1n, left(), reads);
  }
};
