import type { Position } from '../../ports/event-store.js';
import type { Generation } from '../../ports/read-model-store.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';

/** Where each read model stands: batched ones are a moment behind the others. Undefined while one is being built or has failed. */
export const standingsOf = (generations: readonly Generation[], projections: readonly ProjectionDefinition[]): ReadonlyMap<string, Position> | undefined => {
  const serving = generations.filter(({ state, failure, projection }) => state === 'serving' && failure === null && projections.some(({ name }) => name === projection));
  return serving.length === projections.length && serving.length > 0 ? new Map(serving.map(({ projection, checkpoint }) => [projection, checkpoint])) : undefined;
};

/** The positions of some read models, each once, in order. */
export const positionsOf = (standings: ReadonlyMap<string, Position>): readonly Position[] => [...new Set(standings.values())].toSorted((one, other) => (one < other ? -1 : 1));
