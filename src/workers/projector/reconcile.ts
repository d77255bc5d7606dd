import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import type { Generation, ReadModelStore, Rebuild } from '../../ports/read-model-store.js';
import { storedCollections } from '../../projections/kernel/stored-collections.js';
import type { ProjectionRun } from './projection-run.js';

export interface ReconciledRuns {
  readonly serving: readonly ProjectionRun[];
  readonly building: readonly ProjectionRun[];
}

const isOpen = ({ state }: Rebuild): boolean => state === 'requested' || state === 'running';

const runOf = (definition: ProjectionDefinition, generation: Generation, rebuild: Rebuild | null = null): ProjectionRun => ({
  definition,
  generation,
  position: generation.checkpoint,
  numbers: new Map(),
  failure: null,
  rebuild,
});

export const newRun = async (
  readModels: ReadModelStore,
  definition: ProjectionDefinition,
  now: Date,
  rebuild: Rebuild | null,
): Promise<ProjectionRun> =>
  runOf(definition, await readModels.createGeneration(definition.name, definition.version, storedCollections(definition), now), rebuild);

const dropAll = async (readModels: ReadModelStore, generations: readonly Generation[]): Promise<void> => {
  for (const generation of generations) await readModels.drop(generation);
};

const reconcileOne = async (
  readModels: ReadModelStore,
  definition: ProjectionDefinition,
  generations: readonly Generation[],
  rebuild: Rebuild | undefined,
  now: Date,
): Promise<ReconciledRuns> => {
  const current = generations.find(({ state, version }) => state === 'serving' && version === definition.version);
  const open = rebuild !== undefined && isOpen(rebuild) ? rebuild : null;
  const isWanted = current === undefined || open?.state === 'running';
  const building = generations.filter(({ state }) => state === 'building');
  const half = isWanted ? building.find(({ version }) => version === definition.version) : undefined;
  await dropAll(readModels, building.filter((generation) => generation !== half));
  if (current !== undefined) await readModels.ensureIndexes(current, storedCollections(definition));
  if (half !== undefined) {
    await readModels.ensureIndexes(half, storedCollections(definition));
    return { serving: current === undefined ? [] : [runOf(definition, current)], building: [runOf(definition, half, open)] };
  }
  if (current !== undefined && open?.state !== 'running') return { serving: [runOf(definition, current)], building: [] };
  return {
    serving: current === undefined ? [] : [runOf(definition, current)],
    building: [await newRun(readModels, definition, now, open)],
  };
};

/**
 * Compares the stored generations with the definitions: a missing or outdated projection gets a generation to be built (a
 * half-built one of the same version is continued), generations without a definition are dropped.
 */
export const reconcile = async (
  readModels: ReadModelStore,
  definitions: readonly ProjectionDefinition[],
  now: Date,
): Promise<ReconciledRuns> => {
  const generations = await readModels.generations();
  const rebuilds = await readModels.rebuilds();
  const known = new Set(definitions.map(({ name }) => name));
  await dropAll(readModels, generations.filter(({ projection }) => !known.has(projection)));
  const serving: ProjectionRun[] = [];
  const building: ProjectionRun[] = [];
  for (const definition of definitions) {
    const own = generations.filter(({ projection }) => projection === definition.name);
    const rebuild = rebuilds.find(({ projection }) => projection === definition.name);
    const runs = await reconcileOne(readModels, definition, own, rebuild, now);
    serving.push(...runs.serving);
    building.push(...runs.building);
  }
  return { serving, building };
};
