import type { Position } from '../../ports/event-store.js';
import type { UnavailableProjection } from '../../ports/projection-progress.js';
import type { Generation } from '../../ports/read-model-store.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';

export interface Standing {
  readonly checkpoint: Position;
  readonly unavailable: UnavailableProjection | null;
}

const NONE: readonly UnavailableProjection[] = [];

export const unavailableAmong = (
  unavailable: ReadonlyMap<string, UnavailableProjection>,
  projections: readonly string[],
): readonly UnavailableProjection[] =>
  unavailable.size === 0 ? NONE : projections.flatMap((projection) => unavailable.get(projection) ?? []);

/** The reason why this generation can't be shown; null when it can. `noticedAt`: when a projection without one was noticed. */
export const unavailableGeneration = (
  { name: projection, version }: ProjectionDefinition,
  generation: Generation | undefined,
  noticedAt: string,
): UnavailableProjection | null => {
  const failure = generation?.failure ?? null;
  if (failure !== null) return { projection, state: 'failed', since: failure.since, reason: failure.reason };
  if (generation?.state === 'serving') return null;
  return { projection, state: 'building', since: generation?.createdAt ?? noticedAt, reason: `version ${version} is being built` };
};

/** The generation of the present version that serves, else the one that is being built. */
const generationOf = ({ name, version }: ProjectionDefinition, generations: readonly Generation[]): Generation | undefined => {
  const own = generations.filter((generation) => generation.projection === name && generation.version === version);
  return own.find(({ state }) => state === 'serving') ?? own.at(-1);
};

export const standingOf = (definition: ProjectionDefinition, generations: readonly Generation[], noticedAt: string): Standing => {
  const generation = generationOf(definition, generations);
  return { checkpoint: generation?.checkpoint ?? 0n, unavailable: unavailableGeneration(definition, generation, noticedAt) };
};
