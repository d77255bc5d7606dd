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
    if (current.state !== 'requested' && current.state !== 'running') return;
    await clock.after(LOOK_AGAIN_MS, signal);
  }
}

const isOpen = ({ state }: Rebuild): boolean => state === 'requested' || state === 'running';

export type RebuildAsked = Readonly<{ ok: true; rebuild: Rebuild }> | Readonly<{ ok: false; underWay: Rebuild }>;

/** Requests a rebuild unless one, of whatever projection, is asked for or under way: rebuilds read the whole log and slow each other down. */
export const requestOnlyRebuild = async (readModels: ReadModelStore, clock: Clock, projection: string): Promise<RebuildAsked> => {
  const underWay = (await readModels.rebuilds()).find(isOpen);
  return underWay === undefined ? { ok: true, rebuild: await requestRebuild(readModels, clock, projection) } : { ok: false, underWay };
};

/** stopping: the projector drops the new copy soon. none: nothing is rebuilt. needed: nothing serves beside the copy that is built. */
export type StopAsked = 'stopping' | 'none' | 'needed';

/** Asks the projector, in this process or another, to give a rebuild up; what serves goes on serving. */
export const requestRebuildStop = async (readModels: ReadModelStore, projection: string): Promise<StopAsked> => {
  const rebuild = (await readModels.rebuilds()).find((each) => each.projection === projection && isOpen(each));
  if (rebuild === undefined) return 'none';
  const isServing = (await readModels.generations()).some((generation) => generation.projection === projection && generation.state === 'serving');
  if (!isServing) return 'needed';
  await readModels.requestRebuildStop({ projection, requestedAt: rebuild.requestedAt });
  return 'stopping';
};

export const percentOf = ({ position, head }: Pick<Rebuild, 'position' | 'head'>): number =>
  head === 0n ? 100 : Math.min(100, Number((position * 1000n) / head) / 10);
