import type { DomainEvent } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import { recentHead, type EventStore } from '../../ports/event-store.js';
import type { ReadModelStore, Rebuild } from '../../ports/read-model-store.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import type { ProjectionRun } from './projection-run.js';
import { newRun } from './reconcile.js';
import type { RunGroup } from './run-group.js';

export interface RebuildServices {
  readonly store: Pick<EventStore<DomainEvent>, 'head' | 'knownHead'>;
  readonly readModels: ReadModelStore;
  readonly projections: readonly ProjectionDefinition[];
  readonly clock: Clock;
}

const LOOK_AGAIN_MS = 250;

/** Whether somebody asked that this very rebuild be stopped. */
export const isToStop = async ({ readModels }: Pick<RebuildServices, 'readModels'>, { projection, requestedAt }: Rebuild): Promise<boolean> =>
  (await readModels.rebuildStops()).some((stop) => stop.projection === projection && stop.requestedAt === requestedAt);

/** Starts requested rebuilds until the signal aborts. `start` gets the new run. */
export const watchRebuildRequests = async (
  services: RebuildServices,
  underWay: (projection: string) => ProjectionRun | undefined,
  start: (run: ProjectionRun) => void,
  signal: AbortSignal,
): Promise<void> => {
  const { clock, readModels } = services;
  while (!signal.aborted) {
    for (const rebuild of await readModels.rebuilds()) {
      if (rebuild.state !== 'requested') continue;
      if (await isToStop(services, rebuild)) {
        await readModels.recordRebuild({ ...rebuild, state: 'stopped' });
        continue;
      }
      const run = await begun(services, rebuild, underWay(rebuild.projection));
      if (run !== undefined) start(run);
    }
    await clock.after(LOOK_AGAIN_MS, signal);
  }
};

const begun = async (
  { readModels, projections, store, clock }: RebuildServices,
  requested: Rebuild,
  underWay: ProjectionRun | undefined,
): Promise<ProjectionRun | undefined> => {
  const definition = projections.find(({ name }) => name === requested.projection);
  const head = await recentHead(store);
  if (definition === undefined) {
    await readModels.recordRebuild({ ...requested, state: 'failed', head, failure: 'there is no projection of this name' });
    return undefined;
  }
  if (underWay !== undefined && underWay.failure === null) return undefined;
  if (underWay !== undefined) await readModels.drop(underWay.generation);
  const rebuild: Rebuild = { ...requested, state: 'running', head };
  await readModels.recordRebuild(rebuild);
  return newRun(readModels, definition, clock.now(), rebuild);
};

export const reportRebuilds = async ({ store, readModels }: RebuildServices, group: RunGroup, state: Rebuild['state']): Promise<void> => {
  const rebuilds = group.runs.flatMap(({ rebuild }) => rebuild ?? []);
  if (rebuilds.length === 0) return;
  const head = await recentHead(store);
  for (const rebuild of rebuilds) await readModels.recordRebuild({ ...rebuild, state, position: group.position, head });
};

/** Drops the new copy; what serves goes on serving. */
export const giveUpRebuild = async ({ store, readModels }: RebuildServices, rebuild: Rebuild, { generation, failure }: ProjectionRun, state: 'failed' | 'stopped' = 'failed'): Promise<void> => {
  await readModels.drop(generation);
  const head = await recentHead(store);
  await readModels.recordRebuild({ ...rebuild, state, position: generation.checkpoint, head, failure });
};
