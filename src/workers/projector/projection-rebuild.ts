import type { Clock } from '../../ports/clock.js';
import type { ReadModelStore, Rebuild } from '../../ports/read-model-store.js';

const LOOK_AGAIN_MS = 100;

/** Requests a rebuild: the projector, in this process or another, fills a new copy beside the one that serves. */
export const requestRebuild = async (readModels: ReadModelStore, clock: Clock, projection: string): Promise<Rebuild> => {
  const requested: Rebuild = {
    projection,
    state: 'requested',
    requestedAt: clock.now().toISOString(),
    position: 0n,
    head: 0n,
    failure: null,
  };
  await readModels.recordRebuild(requested);
  return requested;
};

/** Yields the progress of the rebuild until it ends or the signal aborts; a later request replaces it. */
export async function* followRebuild(
  readModels: ReadModelStore,
  clock: Clock,
  { projection }: Rebuild,
  signal: AbortSignal,
): AsyncGenerator<Rebuild> {
  while (!signal.aborted) {
    const current = (await readModels.rebuilds()).find((rebuild) => rebuild.projection === projection);
    if (current === undefined) return;
    yield current;
    if (current.state === 'done' || current.state === 'failed') return;
    await clock.after(LOOK_AGAIN_MS, signal);
  }
}

export const percentOf = ({ position, head }: Pick<Rebuild, 'position' | 'head'>): number =>
  head === 0n ? 100 : Math.min(100, Number((position * 1000n) / head) / 10);
