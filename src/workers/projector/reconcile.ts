import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import type { Generation, ReadModelStore, Rebuild } from '../../ports/read-models.js';
import type { ProjectionRun } from './projection-run.js';

/** What there is to feed after a start: generations that serve, and those on their way to it. */
export interface ProjectionRuns {
  readonly serving: readonly ProjectionRun[];
  readonly building: readonly ProjectionRun[];
}

const isOpen = ({ state }: Rebuild): boolean => state === 'requested' || state === 'running';

const feedOf = (definition: ProjectionDefinition, generation: Generation, rebuild: Rebuild | null = null): ProjectionRun => ({
  definition,
  generation,
  failure: null,
  rebuild,
});

/** A new, empty generation of the projection's current version. */
export const newRun = async (readModels: ReadModelStore, definition: ProjectionDefinition, rebuild: Rebuild | null): Promise<ProjectionRun> =>
  feedOf(definition, await readModels.createGeneration(definition.name, definition.version, definition.collections), rebuild);

const dropAll = async (readModels: ReadModelStore, generations: readonly Generation[]): Promise<void> => {
  for (const generation of generations) await readModels.drop(generation);
};

const reconcileOne = async (
  readModels: ReadModelStore,
  definition: ProjectionDefinition,
  generations: readonly Generation[],
  rebuild: Rebuild | undefined,
): Promise<ProjectionRuns> => {
  const current = generations.find(({ state, version }) => state === 'serving' && version === definition.version);
  const open = rebuild !== undefined && isOpen(rebuild) ? rebuild : null;
  const isWanted = current === undefined || open?.state === 'running';
  const building = generations.filter(({ state }) => state === 'building');
  const half = isWanted ? building.find(({ version }) => version === definition.version) : undefined;
  await dropAll(readModels, building.filter((generation) => generation !== half));
  if (current !== undefined) await readModels.ensureIndexes(current, definition.collections);
  if (half !== undefined) {
    await readModels.ensureIndexes(half, definition.collections);
    return { serving: current === undefined ? [] : [feedOf(definition, current)], building: [feedOf(definition, half, open)] };
  }
  if (current !== undefined && open?.state !== 'running') return { serving: [feedOf(definition, current)], building: [] };
  return {
    serving: current === undefined ? [] : [feedOf(definition, current)],
    building: [await newRun(readModels, definition, open)],
  };
};

/**
 * Compares what is kept with what the code defines: a missing or outdated projection gets a generation to be built
 * (a half-built one of the same version is gone on with), what nobody defines any more is dropped.
 */
export const reconcile = async (readModels: ReadModelStore, definitions: readonly ProjectionDefinition[]): Promise<ProjectionRuns> => {
  const generations = await readModels.generations();
  const rebuilds = await readModels.rebuilds();
  const known = new Set(definitions.map(({ name }) => name));
  await dropAll(readModels, generations.filter(({ projection }) => !known.has(projection)));
  const serving: ProjectionRun[] = [];
  const building: ProjectionRun[] = [];
  for (const definition of definitions) {
    const own = generations.filter(({ projection }) => projection === definition.name);
    const feeds = await reconcileOne(readModels, definition, own, rebuilds.find(({ projection }) => projection === definition.name));
    serving.push(...feeds.serving);
    building.push(...feeds.building);
  }
  return { serving, building };
};
